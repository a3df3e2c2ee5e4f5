/**
 * Words that passwords are most often made of, in our three languages and their keyboards, as the field
 * and general knowledge have them. A published list of thousands could not be taken along; runs, repeats
 * and one's own names are found by rule instead (`password-fault.ts`).
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
	`
	password passw0rd p@ssword p@ssw0rd passwort pass passcode passphrase motdepasse secret secure
	security admin administrator administrateur root superuser user username utilisateur login logon
	welcome bienvenue marhaba ahlan hello bonjour salut salam letmein openme opensesame sesame changeme
	change changethis default temporary temp test tester testing demo example guest master access
	account internet computer laptop mobile phone samsung iphone apple google gmail facebook whatsapp
	instagram youtube twitter microsoft windows office excel linux android huawei nokia
	qwerty qwertz azerty qwertyuiop azertyuiop asdf asdfgh asdfghjkl qsdfgh zxcv zxcvbn zxcvbnm wxcvbn
	iloveyou loveyou love mylove lovely amour jetaime habibi habibti hayati hobbi albi omri rouhi
	sunshine princess prince princesse king queen angel ange baby babygirl flower rose jasmine yasmine
	dragon monkey tiger lion eagle panda butterfly shadow ninja hunter killer superman batman spiderman
	pokemon starwars football soccer basketball baseball hockey liverpool barcelona realmadrid chelsea
	arsenal juventus champion winner lucky happy smile freedom liberty peace forever family familia
	famille mother father mama papa baba maman brother sister friend friends children child enfant
	enfants awlad summer winter spring autumn monday friday sunday january december
	michael jessica jennifer daniel thomas ashley charlie jordan george robert andrew matthew joshua
	mohamed mohammed mohammad muhammad ahmad ahmed mahmoud mustafa hussein hassan omar youssef ibrahim
	fatima fatma mariam maryam zeinab aisha layla leila nour noura sara sarah maya rana hiba karim
	allah inshallah mashallah alhamdulillah bismillah subhanallah jesus christ church angelique
	lebanon lebanese liban loubnan lubnan beirut beyrouth beyrout tripoli saida sour tyre zahle bekaa
	baalbek akkar cedar cedars cedre phoenicia syria syrie suriya damascus aleppo halab homs palestine
	falastin filastin jerusalem quds jordanie egypt egypte cairo iraq baghdad turkey togo lome brazil
	brasil thailand bangkok moldova chisinau france paris london germany america
	example-only-please halqa workshop workshops session sessions circle centre center school ecole madrasa teacher
	facilitator coordinator manager organisation organization ngo childrights rights unicef
	abc abcd abcde abcdef abcabc aaa xxx zzz one two three four five six seven eight nine zero
	كلمة كلمةالسر كلمةالمرور السر سر مرور مرحبا اهلا سلام السلام حبيبي حبيبتي حياتي قلبي عمري روحي
	الله بسمالله انشاءالله الحمدلله محمد احمد محمود حسن حسين علي فاطمة مريم زينب نور سارة
	لبنان بيروت طرابلس صيدا صور زحلة البقاع عكار بعلبك سوريا دمشق حلب فلسطين القدس
	حلقة مدرسة مركز معلمة معلم اولاد اطفال عائلة ماما بابا ضصثقفغ شسيبل ئءؤرلاى
	`
		.trim()
		.split(/\s+/)
);

/** Rows of the keyboards people here type on; a stretch of one, either way, is a run. */
export const KEYBOARD_ROWS: readonly string[] = [
	'01234567890',
	'abcdefghijklmnopqrstuvwxyz',
	'qwertyuiop',
	'asdfghjkl',
	'zxcvbnm',
	'azertyuiop',
	'qsdfghjklm',
	'wxcvbn',
	'qwertzuiop',
	'1qaz2wsx3edc4rfv5tgb6yhn7ujm',
	'ضصثقفغعهخحجد',
	'شسيبلاتنمكط',
	'ئءؤرلاىةوزظ',
	'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'
];
