import fc from 'fast-check';
import { expect, it } from 'vitest';
import { namesAlike, nameSounds, nameWords, wholeSound } from './names.rules.ts';

/** Spellings of one name, in each line. */
const SAME = `
محمد|Mohammed|Muhammad|Mohamad|Mohamed|Mouhamad|مُحَمَّد|محمّد
خديجة|Khadija|Khadijeh|Khadije|خديجه|Khadeeja
شربل|Charbel|Sharbel
جورج|Georges|George
حسين|Hussein|Houssein|Hossein|Hussain|Husain|الحسين|Al-Hussein|Alhussein
حسن|Hassan|Hasan
عبد الله|عبدالله|Abdallah|Abdullah|Abd Allah|Abdulla|Abdalla
عبد الرحمن|عبدالرحمن|Abdel Rahman|Abdelrahman|Abdul Rahman|Abd El Rahman|Abd al-Rahman|Abed El Rahman|Abdulrahman
غسان|Ghassan
ياسمين|Yasmine|Yasmin|Yassmin
فاطمة|Fatima|Fatme|Fatmeh|Fatimah|Fatma|فاطمه
زينب|Zeinab|Zainab|Zaynab
يوسف|Youssef|Yusuf|Yousef|Yousif|Yusef
عيسى|Issa|Isa
آية|Aya|اية|Ayah
نور|Nour|Noor|Nur
ثريا|Thuraya|Souraya|Thurayya
علي|Ali|Aly
سميرة|Samira|Samireh|Samirah
سمير|Samir|Sameer
أحمد|Ahmad|Ahmed|احمد
خالد|Khaled|Khalid
مريم|Mariam|Maryam|Meriem
عمر|Omar|Umar
إياد|Iyad|Eyad
هادي|Hadi|Hady
هدى|Huda|Hoda|Houda
رانيا|Rania|Raniya
وليد|Walid|Waleed|Oualid
مروان|Marwan|Marouan
فؤاد|Fouad|Fuad|فواد
سعاد|Souad|Suad
داود|Daoud|Dawood|داوود
توفيق|Toufic|Tawfiq|Toufik
إلياس|Elias|الياس
بيار|Pierre
عائشة|Aisha|Aicha|Aysha
نور الدين|نورالدين|Noureddine|Nour Eddine|Nour el-Din|Nureddin
علاء الدين|Alaa Eddine|Alaeddine
صلاح الدين|Salah Eddine|Salaheddine
آلاء|Alaa
إسراء|Esraa|Israa|اسراء
يحيى|Yahya|Yehia|Yahia
جوزيف|Joseph|جوزف
مصطفى|Mostafa|Mustafa|Moustapha
إبراهيم|Ibrahim|Ebrahim
جنى|Jana
ليلى|Layla|Leila
شادي|Chadi|Shadi
طارق|Tarek|Tariq|Tareq
زكريا|Zakaria|Zakariya
أسامة|Oussama|Osama|Usama
ربيع|Rabih|Rabie
سامح|Sameh
صفاء|Safaa|Safa
هبة|Hiba|Heba
لؤي|Louay
كريستين|Christine
شارل|Charles
ميشال|Michel
خوري|Khoury|الخوري|El Khoury|El-Khoury
حداد|Haddad|الحداد
أنطوان|Antoine
نادين|Nadine
جاد|Jad|Jade
رنا|Rana
عثمان|Othman|Osman
منذر|Monzer
ظافر|Zafer
رضا|Rida|Reda|Ridha
غادة|Ghada
جمال|Jamal|Gamal
وائل|Wael
قاسم|Kassem|Qassem|Qasim
دعاء|Doaa|Duaa
سيد|Sayed|Sayyed
هناء|Hanaa|Hana
صموئيل|Samuel
بولس|Boulos|Boules
جويل|Joelle|Joel
طوني|Tony|توني
شيماء|Chaima|Shaimaa
معاذ|Mouaz
زهراء|Zahraa|Zahra
نعمة|Nehme
إيمان|Iman|Eman
ريان|Rayan|Rayyan
سارة|Sara|Sarah
محمود|Mahmoud|Mahmood
ممدوح|Mamdouh
راغب|Ragheb
سليمان|Sleiman|Souleiman|Suleiman
بتول|Batoul|Batool
تالا|Tala
لين|Lynn|Leen|Lyn
كارلا|Karla|Carla
جوي|Joy
مايا|Maya
ماريا|Maria
`;

/** Two names of two people, in each line. */
const DIFFERENT = `
حسن|حسين
Hassan|Hussein
حسن|Hussein
حسين|Hassan
سميرة|Samir
سمير|Samira
Amir|Amira
أمير|Amira
كريم|Karima
محمد|محمود
Mohammed|Mahmoud
أحمد|محمد
حامد|محمد
زينة|Dina
سامر|تامر
Samer|Tamer
هادي|Huda
علي|Alaa
رامي|Rima
ليلى|Lina
نور|Nora
نورا|Nour
كرم|كريم
Karam|Karim
جمال|جميل
Jamal|Jamil
سالم|سليم
سالم|سلمى
Omar|Amir
رنا|Rania
سارة|Samar
هالة|Hala Haddad
عبد الله|عبد الرحمن
Abdallah|Abdelkarim
عبد القادر|Abdelkarim
فاطمة|Fadia
خالد|خليل
Khaled|Khalil
غسان|حسان
جورج|جرجس
حنان|Hanin
حنان|حنين
نادر|نادرة
وسام|Wissal
ريم|Rami
مايا|Maria
يارا|Sara
جاد|Jawad
رشا|Racha Haddad
إيلي|Elias
مريم|Maria
زياد|Zeid
طارق|Tareek
شادي|Chadia
`;

const linesOf = (table: string) =>
	table
		.trim()
		.split('\n')
		.map((line) => line.split('|'));
const key = wholeSound;

it.each(linesOf(SAME))('%s is found under every spelling', (name, ...spellings) => {
	for (const spelling of spellings) {
		expect([spelling, key(spelling)]).toEqual([spelling, key(name)]);
		expect([spelling, namesAlike(name, spelling)]).toEqual([spelling, true]);
	}
});

it.each(linesOf(DIFFERENT))('%s is not %s', (one, other) => {
	expect(namesAlike(one, other)).toBe(false);
});

const letter = fc.constantFrom(...'ابتجحدرزسشصطعفقكلمنهويأإآةىءئؤ');
const word = fc.string({ unit: letter, minLength: 1, maxLength: 8 });

it('hears no mark, no tatweel and no case', () => {
	fc.assert(
		fc.property(word, (name) => {
			const marked = [...name].join('\u064E\u0640');
			expect(nameSounds(marked)).toEqual(nameSounds(name));
		})
	);
	fc.assert(
		fc.property(fc.stringMatching(/^[a-z]{1,10}$/), (name) => {
			expect(nameSounds(name.toUpperCase())).toEqual(nameSounds(name));
		})
	);
});

it('answers for any text, and for one without letters nothing', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (name) => {
			expect(nameWords(name).length).toBeLessThanOrEqual(8);
			expect(nameSounds(name).every((sound) => sound !== '')).toBe(true);
		})
	);
	expect(key(' . - ')).toBe('');
});
