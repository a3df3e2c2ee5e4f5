import type { Ready } from './database.ts';
import { CAST, PASSWORD, SECTIONS, type CastMember } from '../lib/features/example/cast.ts';

/** What the terminal shows once the app answers. */
export function welcome(origin: string, { example, setup }: Ready): string {
	const { isThere, openCode } = example;
	const lines = ['', `Halqa is listening on ${origin}`, ''];
	if (setup) lines.push(...ownOrganisation(origin, setup), '');
	if (!isThere) return lines.join('\n');
	lines.push('Everything in it is example data. Log in with one of these accounts:', '');
	for (const member of Object.values(CAST))
		lines.push(`  ${member.email.padEnd(28)}${describe(member)}`);
	lines.push('', `  password: ${PASSWORD}`, '');
	if (openCode) {
		const { code, date, time, zone } = openCode;
		lines.push(`What children see: ${origin}/s/${code}`);
		lines.push(`  (a session's feedback, open on ${date} from ${time} to midnight, ${zone})`, '');
	}
	return lines.join('\n');
}

function ownOrganisation(
	origin: string,
	{ token, expiresAt }: NonNullable<Ready['setup']>
): string[] {
	const until = new Date(expiresAt).toISOString().slice(0, 16).replace('T', ' ');
	return [
		`Set up your own organisation: ${origin}/setup/${token}`,
		`  (works once, until ${until} UTC)`
	];
}

/** `facilitator, Lebanon, example centre 01` */
function describe({ role, sectionId, centres }: CastMember): string {
	const section = Object.entries(SECTIONS).find(([, id]) => id === sectionId)?.[0];
	const places = centres.map((number) => `example centre ${String(number).padStart(2, '0')}`);
	const country = section ? [section[0]?.toUpperCase() + section.slice(1)] : [];
	return [role.replaceAll('_', ' '), ...country, ...places].join(', ');
}
