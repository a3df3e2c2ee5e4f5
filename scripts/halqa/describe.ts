import { KIND_NAMES } from '../../src/lib/platform/backup/databases.ts';
import type { ReadBackup } from '../../src/lib/platform/backup/reading.ts';
import type { RingCheck } from '../../src/lib/platform/backup/verify.ts';

type Described = Pick<ReadBackup, 'label' | 'manifest'> & { missingFiles: readonly string[] };

/** What a backup is and holds, a few lines. */
export function describe({ label, manifest, missingFiles }: Described): string {
	const rows = Object.values(manifest.tables);
	const [database, ...files] = manifest.parts;
	const total = rows.reduce((sum, count) => sum + count, 0);
	return [
		`Made      ${new Date(label.madeAt).toISOString()} by Halqa ${label.app}, schema ${label.schema}`,
		`Database  ${KIND_NAMES[label.database]}, ${rows.length} tables, ${total} rows, ${megabytes(database?.bytes ?? 0)}`,
		`Files     ${files.length}, ${megabytes(files.reduce((sum, { bytes }) => sum + bytes, 0))}`,
		...(missingFiles.length > 0
			? [
					`          ${missingFiles.length} that rows speak of are not there: lost from the folder before the backup was made`
				]
			: []),
		`Opens     with ${label.lock.to === 'public key' ? `the private half of ${label.lock.public}` : `the key ring (its key ${label.lock.key})`}`
	].join('\n');
}

/** What the ring at hand is to a backup, with what to do when it is not the right one. */
export function describeRing(ring: RingCheck, ringFile: string): { text: string; isGood: boolean } {
	if (ring === 'right')
		return { text: `Key ring  ${ringFile} opens its names and made it`, isGood: true };
	const needed = 'names in it can be read only with the key ring of the installation that made it';
	return ring === 'missing'
		? {
				text: `Warning: no key ring at ${ringFile}, so it was not tried: ${needed}.`,
				isGood: false
			}
		: {
				text: `Warning: the key ring at ${ringFile} is not the one this backup was made beside: ${needed}. If that ring is the right one, somebody else made the backup.`,
				isGood: false
			};
}

function megabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
