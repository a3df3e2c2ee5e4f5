import { expect, it } from 'vitest';
import { textIn, textsJson } from './texts.ts';

it('gives the reader’s own language where there is one', () => {
	const room = textsJson({ en: 'Blue room', ar: 'الغرفة الزرقاء' });
	expect(textIn(room, 'ar')).toBe('الغرفة الزرقاء');
	expect(textIn(room, 'en')).toBe('Blue room');
});

it('falls back to English, then to whatever there is', () => {
	expect(textIn(textsJson({ en: 'Blue room', ar: 'الغرفة الزرقاء' }), 'fr')).toBe('Blue room');
	expect(textIn(textsJson({ ar: 'الغرفة الزرقاء' }), 'fr')).toBe('الغرفة الزرقاء');
	expect(textIn(textsJson({ es: 'Sala azul' }), 'ar')).toBe('Sala azul');
});

it('is never blank', () => {
	expect(textIn(textsJson({}), 'en')).toBe('–');
	expect(textIn(textsJson({ fr: '', en: 'Blue room' }), 'fr')).toBe('Blue room');
	expect(textIn(textsJson({ fr: '', en: '', ar: 'الغرفة' }), 'fr')).toBe('الغرفة');
	expect(textIn(textsJson({ en: '' }), 'en')).toBe('–');
});
