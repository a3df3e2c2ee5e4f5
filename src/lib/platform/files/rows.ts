import type { Context } from '../command/context.ts';
import { newId } from '../ids/ids.ts';
import { checkFile } from './check.ts';
import type { FileStore } from './store.ts';
import { MOST_FILE_BYTES, type FileRefusal, type FileType } from './types.ts';

/** What one section may keep. */
export const MOST_OF_SECTION = { files: 5000, bytes: 2 * 1024 * 1024 * 1024 };

/** A content that lies in the folder of files, and has no row yet. */
export interface KeptFile {
	sha256: string;
	type: FileType;
	bytes: number;
}

/**
 * Looks a file through and keeps its content, before and outside of the transaction that gives it a row: without one it
 * is collected later. `again` makes sure that it is there once the row is: see `collectFiles`.
 */
export async function takeIn(
	files: FileStore,
	sent: Uint8Array,
	accepted: readonly FileType[]
): Promise<
	{ kept: KeptFile; again: () => Promise<unknown> } | { refusal: FileRefusal | 'large' | 'full' }
> {
	if (sent.length > MOST_FILE_BYTES) return { refusal: 'large' };
	if (!(await files.hasRoom())) return { refusal: 'full' };
	const checked = await checkFile(sent, accepted);
	if ('refusal' in checked) return checked;
	const { type, bytes } = checked;
	const keep = () => files.keep(bytes);
	return { kept: { sha256: await keep(), type, bytes: bytes.length }, again: keep };
}

/** Gives a content that is kept a row of the section; undefined when the section has its share. Part of a command that holds the section. */
export async function addFile(
	{ db, scope, actor, now }: Context,
	{ sha256, type, bytes }: KeptFile
): Promise<string | undefined> {
	const had = await db
		.selectFrom('file')
		.select((eb) => [
			eb.fn.countAll<number>().as('files'),
			eb.fn.sum<number>('size_bytes').as('bytes')
		])
		.where('section_id', '=', scope.sectionId)
		.executeTakeFirstOrThrow();
	const isOver =
		Number(had.files) >= MOST_OF_SECTION.files ||
		Number(had.bytes ?? 0) + bytes > MOST_OF_SECTION.bytes;
	if (isOver) return undefined;
	const id = newId();
	await db
		.insertInto('file')
		.values({
			...{ id, section_id: scope.sectionId, sha256, type, size_bytes: bytes },
			...{ uploaded_by: actor.accountId, uploaded_at: now }
		})
		.execute();
	return id;
}
