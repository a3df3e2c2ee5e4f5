import type { TemplateModule } from './template.rules.ts';

/** The first half: arriving, and what one feels. */
export const BEGINNING: readonly TemplateModule[] = [
	{
		name: ['We arrive', 'Nous arrivons', 'نصل معًا'],
		sessions: [
			{
				picture: 'circle',
				title: ['Our circle begins', 'Notre cercle commence', 'حلقتنا تبدأ'],
				aim: [
					'We know each other’s names.\nWe agree what makes this a safe place.',
					'Nous connaissons nos prénoms.\nNous convenons de ce qui rend ce lieu sûr.',
					'نعرف أسماء بعضنا.\nنتّفق على ما يجعل هذا المكان آمنًا.'
				],
				bring: [
					'A soft ball\nA large sheet\nColoured pens',
					'Une balle molle\nUne grande feuille\nDes feutres',
					'كرة طريّة\nورقة كبيرة\nأقلام ملوّنة'
				],
				game: {
					title: [
						'The ball that knows names',
						'La balle qui connaît les prénoms',
						'الكرة التي تعرف الأسماء'
					],
					children: [
						'They throw the ball across the circle and call the name of who catches it; then faster, then backwards.',
						'Ils lancent la balle à travers le cercle en appelant qui l’attrape ; puis plus vite, puis à l’envers.',
						'يرمون الكرة عبر الحلقة وينادون من يلتقطها، ثم أسرع، ثم بالعكس.'
					],
					says: [
						'If you forget a name, ask. Asking is part of the game.',
						'Si vous oubliez un prénom, demandez. Demander fait partie du jeu.',
						'إن نسيتم اسمًا فاسألوا. السؤال جزء من اللعبة.'
					]
				},
				work: {
					title: ['What we promise each other', 'Ce que nous nous promettons', 'بماذا نَعِد بعضنا'],
					children: [
						'In threes they find one promise for the group, draw it on the large sheet and show it. All put a fingerprint or a sign below.',
						'Par trois, ils trouvent une promesse pour le groupe, la dessinent sur la grande feuille et la montrent. Chacun appose son empreinte ou un signe.',
						'كل ثلاثة يجدون وعدًا للمجموعة ويرسمونه على الورقة الكبيرة ويعرضونه. ثم يضع الجميع بصمة أو علامة تحته.'
					],
					says: [
						'What do you need so that you like to come here? These are our promises, and mine too.',
						'De quoi avez-vous besoin pour aimer venir ici ? Ce sont nos promesses, et les miennes aussi.',
						'ماذا تحتاجون لتحبّوا المجيء إلى هنا؟ هذه وعودنا، ووعودي أنا أيضًا.'
					]
				}
			},
			{
				picture: 'making',
				title: ['This is me', 'C’est moi', 'هذا أنا'],
				aim: [
					'We see what each of us likes and can do.',
					'Nous voyons ce que chacun aime et sait faire.',
					'نرى ما يحبّه كلٌّ منا وما يجيده.'
				],
				bring: [
					'A sheet for each\nColoured pens\nTape',
					'Une feuille par enfant\nDes feutres\nDu ruban adhésif',
					'ورقة لكل طفل\nأقلام ملوّنة\nشريط لاصق'
				],
				game: {
					title: ['Change places if …', 'Changez de place si…', 'بدّلوا أماكنكم إن…'],
					children: [
						'Who shares what is called, “who likes rain”, changes places. Who is left standing calls the next.',
						'Qui partage ce qui est dit, « qui aime la pluie », change de place. Qui reste debout dit la suite.',
						'من ينطبق عليه ما يُقال، مثل «من يحبّ المطر»، يبدّل مكانه. ومن يبقى واقفًا ينادي بالتالي.'
					],
					says: [
						'Call things we like or can do, not what we look like or own.',
						'Dites ce que nous aimons ou savons faire, pas notre apparence ni ce que nous possédons.',
						'قولوا ما نحبّه أو نجيده، لا كيف نبدو ولا ماذا نملك.'
					]
				},
				work: {
					title: ['My hand tells', 'Ma main raconte', 'يدي تحكي'],
					children: [
						'They draw round their hand and put one thing into each finger: I like, I can, I learn, I care for, I wish. A walk along the wall lets all see all.',
						'Ils tracent leur main et mettent une chose dans chaque doigt : j’aime, je sais, j’apprends, je prends soin de, je souhaite. Une promenade le long du mur montre tout à tous.',
						'يرسمون حدود أيديهم ويضعون في كل إصبع شيئًا: أحبّ، أجيد، أتعلّم، أهتمّ بـ، أتمنّى. ثم يتمشّون قرب الجدار ليرى الجميع كل الأيدي.'
					],
					says: [
						'Draw or write as you like. You choose which fingers you tell about.',
						'Dessinez ou écrivez, comme vous voulez. Vous choisissez de quels doigts parler.',
						'ارسموا أو اكتبوا كما تشاؤون. أنتم تختارون عن أي إصبع تحكون.'
					]
				}
			},
			{
				picture: 'breathing',
				title: ['A place to rest', 'Un endroit pour se reposer', 'مكان للراحة'],
				aim: [
					'Each finds one way of becoming calm.',
					'Chacun trouve une façon de s’apaiser.',
					'يجد كل واحد طريقة ليهدأ.'
				],
				bring: [
					'Mats or blankets\nPaper\nCrayons',
					'Des tapis ou couvertures\nDu papier\nDes crayons de couleur',
					'بساط أو أغطية\nورق\nأقلام تلوين'
				],
				game: {
					title: ['Wind and tree', 'Le vent et l’arbre', 'الريح والشجرة'],
					children: [
						'They stand like trees. When the wind comes they sway, when it goes they stand firm and feel their feet.',
						'Ils se tiennent comme des arbres. Quand le vent vient ils se balancent, quand il s’en va ils tiennent bon et sentent leurs pieds.',
						'يقفون كالأشجار. حين تأتي الريح يتمايلون، وحين تذهب يثبتون ويشعرون بأقدامهم.'
					],
					says: [
						'Your roots are deep. Breathe in while the wind is coming, and out while it goes.',
						'Vos racines sont profondes. Inspirez quand le vent arrive, expirez quand il part.',
						'جذوركم عميقة. خذوا نفسًا حين تأتي الريح، وأخرجوه حين تذهب.'
					]
				},
				work: {
					title: ['My quiet place', 'Mon endroit tranquille', 'مكاني الهادئ'],
					children: [
						'Eyes open or closed, they think of a place, real or invented, where they feel well; then they paint it and choose something of it to remember.',
						'Les yeux ouverts ou fermés, ils pensent à un endroit, vrai ou inventé, où ils se sentent bien ; puis ils le peignent et en choisissent un détail à garder.',
						'بعيون مفتوحة أو مغلقة يفكّرون في مكان حقيقي أو متخيَّل يرتاحون فيه، ثم يرسمونه ويختارون منه شيئًا يتذكّرونه.'
					],
					says: [
						'You decide who may come into it. You can go there whenever you want, nobody sees it from outside.',
						'Vous décidez qui peut y entrer. Vous pouvez y aller quand vous voulez, personne ne le voit du dehors.',
						'أنتم تقرّرون من يدخله. تستطيعون الذهاب إليه متى شئتم، ولا أحد يراه من الخارج.'
					]
				}
			}
		]
	},
	{
		name: ['What we feel', 'Ce que nous ressentons', 'ما نشعر به'],
		sessions: [
			{
				picture: 'talking',
				title: ['Feelings have names', 'Les émotions ont des noms', 'للمشاعر أسماء'],
				aim: [
					'We know words for what we feel.\nWe see that all of them are allowed.',
					'Nous avons des mots pour ce que nous ressentons.\nNous voyons que toutes les émotions ont leur place.',
					'نعرف كلمات لما نشعر به.\nنرى أن كل المشاعر مسموحة.'
				],
				bring: [
					'Cards with faces\nA small mirror\nPaper plates',
					'Des cartes de visages\nUn petit miroir\nDes assiettes en carton',
					'بطاقات وجوه\nمرآة صغيرة\nأطباق ورقية'
				],
				game: {
					title: ['Faces pass', 'Les visages circulent', 'وجوه تنتقل'],
					children: [
						'One makes a face without a sound, the neighbour copies it and turns it into another, round the whole circle.',
						'L’un fait un visage sans un bruit, le voisin l’imite et le transforme, tout autour du cercle.',
						'يصنع أحدهم تعبيرًا بوجهه بلا صوت، فيقلّده جاره ويحوّله إلى آخر، حول الحلقة كلها.'
					],
					says: [
						'Which face was easy? Where in your body did you feel it?',
						'Quel visage était facile ? Où dans le corps l’avez-vous senti ?',
						'أي وجه كان سهلًا؟ وأين شعرتم به في أجسامكم؟'
					]
				},
				work: {
					title: ['The weather inside', 'La météo intérieure', 'الطقس في داخلي'],
					children: [
						'They paint a plate with the weather they carry today and hang it up. Who wants to tells what makes it change.',
						'Ils peignent sur une assiette la météo qu’ils portent aujourd’hui et l’accrochent. Qui veut dit ce qui la fait changer.',
						'يرسمون على الطبق طقسهم اليوم ويعلّقونه. ومن يرغب يحكي ما الذي يغيّره.'
					],
					says: [
						'No weather is wrong, and none stays for ever.',
						'Aucune météo n’est mauvaise, et aucune ne dure toujours.',
						'لا طقس خاطئ، ولا طقس يدوم إلى الأبد.'
					]
				}
			},
			{
				picture: 'moving',
				title: ['When it storms', 'Quand l’orage gronde', 'حين تهبّ العاصفة'],
				aim: [
					'We notice early that anger comes.\nWe know something that helps and hurts nobody.',
					'Nous remarquons tôt que la colère vient.\nNous connaissons quelque chose qui aide sans blesser.',
					'ننتبه باكرًا إلى قدوم الغضب.\nنعرف شيئًا يساعدنا ولا يؤذي أحدًا.'
				],
				bring: [
					'A drum or a box\nOld newspaper\nA basket',
					'Un tambour ou une boîte\nDe vieux journaux\nUn panier',
					'طبل أو صندوق\nجرائد قديمة\nسلّة'
				],
				game: {
					title: ['Loud and quiet drum', 'Tambour fort, tambour doux', 'طبل قويّ وطبل هادئ'],
					children: [
						'They walk through the room as the drum tells: stamping, tiptoeing, frozen. Then a child drums.',
						'Ils marchent dans la salle comme le dit le tambour : en tapant, sur la pointe des pieds, figés. Puis un enfant joue.',
						'يمشون في الغرفة كما يقول الطبل: بدقّ الأرض، على رؤوس الأصابع، ثم يتجمّدون. بعدها يقرع طفل.'
					],
					says: [
						'You can turn it up and turn it down. That is what we practise.',
						'Vous pouvez monter et baisser le son. C’est cela que nous exerçons.',
						'تستطيعون أن ترفعوا الصوت وأن تخفضوه. على هذا نتمرّن.'
					]
				},
				work: {
					title: ['From red to green', 'Du rouge au vert', 'من الأحمر إلى الأخضر'],
					children: [
						'They tear the newspaper, roll it into balls and throw them into the basket. In pairs they find three things that bring them from red back to green.',
						'Ils déchirent le journal, en font des boules et les lancent dans le panier. À deux, ils trouvent trois choses qui ramènent du rouge au vert.',
						'يمزّقون الجريدة ويصنعون منها كرات ويرمونها في السلّة. ثم يجد كل اثنين ثلاثة أشياء تعيدهما من الأحمر إلى الأخضر.'
					],
					says: [
						'Anger tells us that something matters. What we do with it is up to us.',
						'La colère nous dit que quelque chose compte. Ce que nous en faisons dépend de nous.',
						'الغضب يخبرنا أن شيئًا ما مهمّ. وما نفعله به بأيدينا.'
					]
				}
			},
			{
				picture: 'brave',
				title: ['Fear and courage', 'La peur et le courage', 'الخوف والشجاعة'],
				aim: [
					'We see that fear protects.\nWe find one small brave step.',
					'Nous voyons que la peur protège.\nNous trouvons un petit pas de courage.',
					'نرى أن الخوف يحمي.\nنجد خطوة شجاعة صغيرة.'
				],
				bring: [
					'A rope\nScarves\nSmall cards',
					'Une corde\nDes foulards\nDe petites cartes',
					'حبل\nأوشحة\nبطاقات صغيرة'
				],
				game: {
					title: ['Lead me well', 'Guide-moi bien', 'قُدني بلطف'],
					children: [
						'In pairs one closes the eyes and is led through the room by the hand; then they change. Nobody is blindfolded.',
						'À deux, l’un ferme les yeux et se laisse guider par la main ; puis on change. Personne n’a les yeux bandés.',
						'كل اثنين معًا: يغمض أحدهما عينيه ويقوده الآخر بيده، ثم يتبادلان. لا أحد تُعصَب عيناه.'
					],
					says: [
						'Open your eyes whenever you want to. Stop means stop.',
						'Ouvrez les yeux quand vous voulez. Stop veut dire stop.',
						'افتحوا عيونكم متى شئتم. وكلمة «قف» تعني قف.'
					]
				},
				work: {
					title: ['One step over the rope', 'Un pas au-dessus de la corde', 'خطوة فوق الحبل'],
					children: [
						'They draw on a card something that takes courage and who or what helps. Who wants to steps over the rope with the card while the others clap.',
						'Ils dessinent sur une carte quelque chose qui demande du courage et qui ou quoi les aide. Qui veut passe la corde avec sa carte sous les applaudissements.',
						'يرسمون على بطاقة شيئًا يحتاج إلى شجاعة ومن يساعد أو ما يساعد. ومن يرغب يعبر فوق الحبل ببطاقته والآخرون يصفّقون.'
					],
					says: [
						'Staying on this side is brave as well, when it is what you need.',
						'Rester de ce côté est courageux aussi, quand c’est ce dont vous avez besoin.',
						'البقاء في هذه الجهة شجاعة أيضًا، حين يكون هذا ما تحتاجونه.'
					]
				}
			}
		]
	}
];
