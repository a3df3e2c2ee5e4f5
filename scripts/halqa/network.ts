import { z } from 'zod';
import { loadKeyRing } from '../../src/lib/platform/crypto/keyring.ts';
import { isLocale, LOCALES, type Locale } from '../../src/lib/platform/i18n/locale.ts';
import {
	giveNetworkAccount,
	listNetworkAccounts,
	switchOffNetworkAccount
} from '../../src/lib/platform/login/network-accounts.ts';
import { readArgs, settings, until, WronglyAsked, type Command, type Terminal } from './command.ts';
import { withDatabase } from './database.ts';

const SINCE = '0025_apart';

/** Who of the network may look: nobody inside an organisation can name them, whoever runs the installation can. */
export const network: Command = {
	summary: 'gives, lists and switches off accounts of the network',
	help: `npm run halqa -- network add EMAIL --name NAME [--language ${LOCALES.join('|')}]
npm run halqa -- network off EMAIL
npm run halqa -- network list

An account of the network belongs to no organisation: it sees roadmaps and the published numbers of every organisation of
this installation, and no person. The example has accounts of its own, which see the example alone.
add prints a link that chooses the password: it works once, within seven days (a day where one was chosen before). Asked
for again, it makes a new link in place of the old one, and switches an account on again. Hand it over in person.
off ends the account's logins and its link at once. list prints one account per line.`,

	async run(args, terminal) {
		const [what = '', ...rest] = args;
		const parts: Record<string, (rest: string[], terminal: Terminal) => Promise<void>> = {
			...{ add, off, list }
		};
		if (!Object.hasOwn(parts, what)) throw new WronglyAsked('Needed: add, off or list');
		await parts[what]!(rest, terminal);
	}
};

async function add(args: string[], { say }: Terminal): Promise<void> {
	const { words, values } = readArgs(args, ['EMAIL'], ['name', 'language']);
	const email = addressFrom(words[0]!);
	const name = values.name?.trim();
	if (!name) throw new WronglyAsked('--name is missing');
	const locale = languageFrom(values.language ?? 'en');
	const config = settings();
	const ring = loadKeyRing(config.keyRingFile, false);
	const given = await withDatabase(config, SINCE, (db) =>
		giveNetworkAccount(db, ring, { email, name, locale, now: Date.now() })
	);
	if (!given) throw new Error(`${email} belongs to an account of an organisation already`);
	say(given.isNew ? `${email} is of the network now.` : `${email} has a new link.`);
	say(`Works once, until ${until(given.expiresAt)}:`);
	say(`${config.origin}/join/${given.token}`);
}

async function off(args: string[], { say }: Terminal): Promise<void> {
	const email = addressFrom(readArgs(args, ['EMAIL'], []).words[0]!);
	const config = settings();
	const ring = loadKeyRing(config.keyRingFile, false);
	const isOff = await withDatabase(config, SINCE, (db) =>
		switchOffNetworkAccount(db, ring, { email, now: Date.now() })
	);
	if (!isOff) throw new Error(`${email} is no account of the network`);
	say(`${email} is switched off.`);
}

async function list(args: string[], { say }: Terminal): Promise<void> {
	readArgs(args, [], []);
	const config = settings();
	const ring = loadKeyRing(config.keyRingFile, false);
	const accounts = await withDatabase(config, SINCE, (db) => listNetworkAccounts(db, ring));
	if (accounts.length === 0) say('Nobody yet.');
	for (const { email, name, isOff, hasJoined } of accounts)
		say(`${email}  ${name}${isOff ? '  (off)' : hasJoined ? '' : '  (invited)'}`);
}

function addressFrom(text: string): string {
	const read = z.email().max(200).safeParse(text.trim());
	if (!read.success) throw new WronglyAsked(`${text} is no e-mail address`);
	return read.data;
}

function languageFrom(text: string): Locale {
	if (!isLocale(text)) throw new WronglyAsked(`--language: one of ${LOCALES.join(', ')}`);
	return text;
}
