import { m } from '#lib/paraglide/messages.js';
import { formatNumber, isolated } from '../i18n/format.ts';
import type { Locale } from '../i18n/locale.ts';
import type { KeptFile } from './rows.ts';
import type { FileRefusal, FileType } from './types.ts';

/** Why a file is not kept, beside the field it was chosen in. */
export const FILE_REFUSAL_WORDS: Record<FileRefusal | 'large' | 'full', () => string> = {
	type: m.file_refused_type,
	active: m.file_refused_active,
	protected: m.file_refused_protected,
	damaged: m.file_refused_damaged,
	pixels: m.file_refused_pixels,
	large: m.file_refused_large,
	full: m.file_refused_full
};

/** Names people know a type by, the same in every language. */
const TYPE_NAMES: Record<FileType, string> = {
	...{ jpeg: 'JPEG', png: 'PNG', webp: 'WebP', pdf: 'PDF', text: 'TXT' },
	...{ docx: 'DOCX', xlsx: 'XLSX', pptx: 'PPTX', odt: 'ODT', ods: 'ODS', odp: 'ODP' }
};

/** `PDF, 120 KB`: kilobytes rounded up. */
export function fileWords(
	{ type, bytes }: Pick<KeptFile, 'type' | 'bytes'>,
	locale: Locale
): string {
	const kilobytes = isolated(formatNumber(Math.ceil(bytes / 1000), locale), locale);
	return m.file_size({ type: TYPE_NAMES[type], kilobytes });
}
