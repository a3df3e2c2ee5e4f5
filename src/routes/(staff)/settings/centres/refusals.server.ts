import { m } from '#lib/paraglide/messages.js';
import type { CentreRefusal, RoomRefusal } from '#lib/features/centres/centre.server.ts';
import type { KeyReused } from '#lib/platform/command/command.ts';

interface Words {
	/** The field it is about, when it is about one. */
	field?: string;
	words: string;
}

export function centreWords(reason: (CentreRefusal | KeyReused)['reason']): Words {
	return {
		not_found: { words: m.error_not_found() },
		name_taken: { field: 'name', words: m.centre_name_taken() },
		region_unknown: { field: 'region', words: m.form_region() },
		key_reused: { words: m.form_key_reused() }
	}[reason];
}

export function roomWords(reason: (RoomRefusal | KeyReused)['reason']): Words {
	return {
		not_found: { words: m.room_not_found() },
		name_taken: { field: 'name', words: m.room_name_taken() },
		in_use: { words: m.room_in_use() },
		key_reused: { words: m.form_key_reused() }
	}[reason];
}
