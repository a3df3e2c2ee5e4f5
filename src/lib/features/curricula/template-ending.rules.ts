import type { TemplateModule } from './template.rules.ts';

/** The second half: with others, and what stays. */
export const ENDING: readonly TemplateModule[] = [
	{
		name: ['With others', 'Avec les autres', 'مع الآخرين'],
		sessions: [
			{
				picture: 'talking',
				title: ['Listening with the whole body', 'Écouter de tout son corps', 'نُصغي بكل جسدنا'],
				aim: [
					'We feel what it is like to be heard.',
					'Nous sentons ce que c’est que d’être écouté.',
					'نشعر كيف يكون أن يُصغى إلينا.'
				],
				bring: [
					'A stone or a shell\nA bell',
					'Un caillou ou un coquillage\nUne clochette',
					'حجر أو صدفة\nجرس'
				],
				game: {
					title: ['How many sounds?', 'Combien de sons ?', 'كم صوتًا؟'],
					children: [
						'A minute of silence: they count on their fingers every sound they hear, inside and outside.',
						'Une minute de silence : ils comptent sur leurs doigts chaque son entendu, dedans et dehors.',
						'دقيقة صمت: يعدّون على أصابعهم كل صوت يسمعونه، في الداخل والخارج.'
					],
					says: [
						'Listening is something you do. What did you hear that the others did not?',
						'Écouter, c’est agir. Qu’avez-vous entendu que les autres n’ont pas entendu ?',
						'الإصغاء فعلٌ نقوم به. ماذا سمعتم ولم يسمعه الآخرون؟'
					]
				},
				work: {
					title: ['Who holds the stone', 'Qui tient le caillou', 'من يحمل الحجر'],
					children: [
						'In threes: one holds the stone and tells of a good day, one listens, one watches how listening looks. At the bell they change.',
						'Par trois : l’un tient le caillou et raconte une belle journée, l’un écoute, l’un observe à quoi ressemble l’écoute. À la clochette, on change.',
						'كل ثلاثة معًا: واحد يحمل الحجر ويحكي عن يوم جميل، وواحد يُصغي، وواحد يراقب كيف يبدو الإصغاء. عند الجرس يتبادلون.'
					],
					says: [
						'Who listens says nothing and gives no advice. Being there is enough.',
						'Qui écoute ne dit rien et ne conseille pas. Être là suffit.',
						'من يُصغي لا يتكلّم ولا ينصح. حضوره يكفي.'
					]
				}
			},
			{
				picture: 'sharing',
				title: ['Friends', 'Amitiés', 'الأصدقاء'],
				aim: [
					'We know what makes a good friend.\nWe practise making up again.',
					'Nous savons ce qui fait une bonne amitié.\nNous nous exerçons à nous réconcilier.',
					'نعرف ما يصنع الصديق الطيّب.\nنتمرّن على المصالحة.'
				],
				bring: ['Wool\nPaper\nPens', 'De la laine\nDu papier\nDes stylos', 'خيط صوف\nورق\nأقلام'],
				game: {
					title: ['The net', 'Le filet', 'الشبكة'],
					children: [
						'They throw the wool to each other and keep hold of the thread, saying something they like about who gets it. A net grows.',
						'Ils se lancent la laine en gardant le fil, et disent une chose qu’ils apprécient chez qui la reçoit. Un filet se tisse.',
						'يرمون خيط الصوف إلى بعضهم ويُمسكون بطرفه، ويقولون شيئًا يعجبهم في من يصله. فتنسج شبكة.'
					],
					says: [
						'Pull a little: everybody feels it. That is what a group is.',
						'Tirez un peu : tout le monde le sent. Voilà ce qu’est un groupe.',
						'شدّوا قليلًا: الجميع يشعر بذلك. هذه هي المجموعة.'
					]
				},
				work: {
					title: ['We quarrelled', 'Nous nous sommes disputés', 'تخاصمنا'],
					children: [
						'In fours they play an invented quarrel, freeze in the middle, and try two ways it could end well.',
						'Par quatre, ils jouent une dispute inventée, se figent au milieu et essaient deux fins heureuses.',
						'كل أربعة يمثّلون خصامًا متخيَّلًا، ثم يتجمّدون في منتصفه ويجرّبون نهايتين طيّبتين له.'
					],
					says: [
						'Invent it, take no quarrel of your own. What would each of them need to hear?',
						'Inventez, ne prenez pas une dispute à vous. Qu’aurait besoin d’entendre chacun ?',
						'تخيّلوا الخصام ولا تأخذوا خصامًا يخصّكم. ماذا يحتاج كل طرف أن يسمع؟'
					]
				}
			},
			{
				picture: 'brave',
				title: ['My yes and my no', 'Mon oui et mon non', 'نعم ولا'],
				aim: [
					'We know that our body is ours.\nWe practise saying no.',
					'Nous savons que notre corps est à nous.\nNous nous exerçons à dire non.',
					'نعرف أن جسدنا لنا.\nنتمرّن على قول لا.'
				],
				bring: [
					'Chalk or tape\nGreen and red cards',
					'De la craie ou du ruban\nDes cartes vertes et rouges',
					'طبشور أو شريط لاصق\nبطاقات خضراء وحمراء'
				],
				game: {
					title: ['Stop line', 'La ligne stop', 'خطّ التوقّف'],
					children: [
						'Two walk towards each other; either says stop where it is near enough, by word, hand or eyes. The line is marked on the floor.',
						'Deux enfants marchent l’un vers l’autre ; chacun dit stop quand c’est assez près, par la voix, la main ou les yeux. On marque la ligne au sol.',
						'يمشي اثنان أحدهما نحو الآخر، ويقول أي منهما «قف» حين يكفي القرب، بالكلمة أو اليد أو العينين. ويُرسم الخطّ على الأرض.'
					],
					says: [
						'Nobody has to give a reason. And the line may be elsewhere tomorrow.',
						'Personne n’a à se justifier. Et la ligne peut être ailleurs demain.',
						'لا أحد مضطر إلى تبرير ذلك. وقد يكون الخطّ غدًا في مكان آخر.'
					]
				},
				work: {
					title: ['Green or red', 'Vert ou rouge', 'أخضر أم أحمر'],
					children: [
						'They hear invented situations and hold up green, red or both. Then they practise a clear no with voice and feet, and going to someone they trust.',
						'Ils entendent des situations inventées et lèvent vert, rouge ou les deux. Puis ils s’exercent à un non clair, de la voix et des pieds, et à aller vers une personne de confiance.',
						'يسمعون مواقف متخيَّلة ويرفعون الأخضر أو الأحمر أو كليهما. ثم يتمرّنون على «لا» واضحة بالصوت والقدمين، وعلى الذهاب إلى شخص يثقون به.'
					],
					says: [
						'If somebody does not hear your no, that is never your fault. There is always somebody you can tell.',
						'Si quelqu’un n’entend pas votre non, ce n’est jamais votre faute. Il y a toujours quelqu’un à qui le dire.',
						'إن لم يسمع أحد «لا» التي قلتموها فليس الذنب ذنبكم أبدًا. هناك دائمًا من تستطيعون إخباره.'
					]
				}
			}
		]
	},
	{
		name: ['What stays', 'Ce qui reste', 'ما يبقى معنا'],
		sessions: [
			{
				picture: 'sharing',
				title: ['Who stands by me', 'Qui est à mes côtés', 'من يقف إلى جانبي'],
				aim: [
					'Each knows people and places to turn to.',
					'Chacun connaît des personnes et des lieux vers qui se tourner.',
					'يعرف كل واحد أشخاصًا وأماكن يلجأ إليها.'
				],
				bring: [
					'Paper\nStickers\nThe centre’s help numbers',
					'Du papier\nDes autocollants\nLes numéros d’aide du centre',
					'ورق\nملصقات\nأرقام المساعدة الخاصة بالمركز'
				],
				game: {
					title: ['Lean on', 'S’appuyer', 'نتساند'],
					children: [
						'Back to back in pairs they sit down and stand up together; then in fours.',
						'Dos à dos, par deux, ils s’assoient et se relèvent ensemble ; puis par quatre.',
						'ظهرًا إلى ظهر يجلس كل اثنين ويقفان معًا، ثم كل أربعة.'
					],
					says: [
						'What did you have to do so that it worked? Who do you lean on elsewhere?',
						'Qu’a-t-il fallu faire pour que cela marche ? Sur qui vous appuyez-vous ailleurs ?',
						'ماذا فعلتم لينجح الأمر؟ وعلى من تستندون خارج هذا المكان؟'
					]
				},
				work: {
					title: ['My map of people', 'Ma carte des personnes', 'خريطة الناس من حولي'],
					children: [
						'In the middle they draw themselves and round it the people, animals and places that do them good, near or far. A sticker marks whom they could ask for help.',
						'Au milieu ils se dessinent, et autour les personnes, animaux et lieux qui leur font du bien, proches ou lointains. Un autocollant marque à qui demander de l’aide.',
						'في الوسط يرسمون أنفسهم، وحولها الناس والحيوانات والأماكن التي تريحهم، قريبة أو بعيدة. ويضعون ملصقًا على من يستطيعون طلب مساعدته.'
					],
					says: [
						'Whoever is far away may be on the map too. If there are few today, we look for one more together.',
						'Qui est loin peut y être aussi. S’il y en a peu aujourd’hui, nous en cherchons encore un ensemble.',
						'البعيد أيضًا له مكان على الخريطة. وإن كانوا قلّة اليوم فلنبحث معًا عن واحد آخر.'
					]
				}
			},
			{
				picture: 'making',
				title: ['Something we make together', 'Une œuvre commune', 'شيء نصنعه معًا'],
				aim: [
					'The group plans something and does it.\nEverybody has a part in it.',
					'Le groupe prévoit quelque chose et le réalise.\nChacun y a sa part.',
					'تخطّط المجموعة لشيء وتنفّذه.\nلكل واحد دور فيه.'
				],
				bring: [
					'What the group chose last time\nGlue\nScissors',
					'Ce que le groupe a choisi la dernière fois\nDe la colle\nDes ciseaux',
					'ما اختارته المجموعة في المرة السابقة\nصمغ\nمقصّات'
				],
				game: {
					title: ['The machine', 'La machine', 'الآلة'],
					children: [
						'One begins a movement with a sound, the next joins in, until the whole group is one machine that goes faster, slower and stops.',
						'L’un commence un mouvement avec un son, le suivant s’y joint, jusqu’à ce que le groupe soit une machine qui accélère, ralentit et s’arrête.',
						'يبدأ أحدهم حركة مع صوت، وينضمّ التالي، حتى تصير المجموعة آلة واحدة تسرع وتبطئ وتتوقّف.'
					],
					says: [
						'Every part is needed, the small ones too.',
						'Chaque pièce compte, les petites aussi.',
						'كل قطعة لازمة، والصغيرة منها أيضًا.'
					]
				},
				work: {
					title: ['Our work', 'Notre œuvre', 'عملنا'],
					children: [
						'They share out the tasks, make it, a wall picture, a song or a small play, and try out how they will show it.',
						'Ils se répartissent les tâches, réalisent une fresque, une chanson ou une petite pièce, et essaient de la présenter.',
						'يوزّعون المهامّ وينفّذون لوحة جدارية أو أغنية أو مسرحية قصيرة، ويجرّبون كيف يعرضونها.'
					],
					says: [
						'You decide, I help where you ask me. What does each of you want to do?',
						'Vous décidez, j’aide là où vous le demandez. Que veut faire chacun ?',
						'القرار لكم، وأنا أساعد حيث تطلبون. ماذا يريد كل واحد أن يفعل؟'
					]
				}
			},
			{
				picture: 'singing',
				title: ['We celebrate and go on', 'Nous fêtons et continuons', 'نحتفل ونمضي'],
				aim: [
					'We look at what we learned.\nWe part well, and know what comes.',
					'Nous regardons ce que nous avons appris.\nNous nous quittons bien et savons la suite.',
					'ننظر إلى ما تعلّمناه.\nنفترق بخير ونعرف ما سيأتي.'
				],
				bring: [
					'The sheet with our promises\nRibbon for each\nSomething to eat together',
					'La feuille de nos promesses\nUn ruban par enfant\nDe quoi manger ensemble',
					'ورقة وعودنا\nشريط لكل طفل\nشيء نأكله معًا'
				],
				game: {
					title: ['Our favourite', 'Notre préféré', 'لعبتنا المفضّلة'],
					children: [
						'They vote by feet for a game of these weeks and play it again.',
						'Ils votent avec les pieds pour un jeu de ces semaines et y rejouent.',
						'يصوّتون بأقدامهم للعبة من هذه الأسابيع ويلعبونها من جديد.'
					],
					says: [
						'You know it better than I do: lead it yourselves.',
						'Vous le connaissez mieux que moi : menez-le vous-mêmes.',
						'تعرفونها أفضل مني: قودوها بأنفسكم.'
					]
				},
				work: {
					title: ['What I take with me', 'Ce que j’emporte', 'ما آخذه معي'],
					children: [
						'They show their work to guests they invited, or to each other. Each ties a ribbon to another’s wrist and says what that one gave the circle.',
						'Ils présentent leur œuvre à leurs invités, ou entre eux. Chacun noue un ruban au poignet d’un autre et dit ce qu’il a apporté au cercle.',
						'يعرضون عملهم على ضيوف دعوهم أو على بعضهم. ثم يربط كل واحد شريطًا على معصم آخر ويقول ماذا أعطى للحلقة.'
					],
					says: [
						'The circle ends, what you can do stays. This is where you find me, and this is what comes next.',
						'Le cercle finit, ce que vous savez faire reste. Voici où me trouver, et voici la suite.',
						'تنتهي الحلقة ويبقى ما تعلّمتموه. هنا تجدونني، وهذا ما سيأتي.'
					]
				}
			}
		]
	}
];
