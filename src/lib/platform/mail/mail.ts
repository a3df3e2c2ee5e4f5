import { createTransport } from 'nodemailer';
import { directionOf, type Locale } from '../i18n/locale.ts';
import { log } from '../log/log.ts';

/** Where mails go out, and in whose name. */
export interface MailSettings {
	/** `smtp://user:password@host:port`, or `smtps://…`. */
	server: string;
	from: string;
}

export interface Letter {
	to: string;
	locale: Locale;
	subject: string;
	text: string;
	/** The one address in the text, which the HTML makes a link of. */
	link: string;
	/** What a doubtful second sending is recognised by; a new one each time, when left out. */
	messageId?: string;
}

/** A server that does not answer holds nobody up for long. */
const PATIENCE_MS = 5_000;

/**
 * Sends a letter; false when it was not taken, and the log says why without saying to whom. Over `smtp:` the
 * connection must become a TLS one before anything is said, unless the server is this machine.
 */
export async function sendLetter(settings: MailSettings, letter: Letter): Promise<boolean> {
	const { hostname } = new URL(settings.server);
	const transport = createTransport({
		url: settings.server,
		requireTLS: !['localhost', '127.0.0.1', '[::1]'].includes(hostname),
		dnsTimeout: PATIENCE_MS,
		connectionTimeout: PATIENCE_MS,
		greetingTimeout: PATIENCE_MS,
		socketTimeout: PATIENCE_MS,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	try {
		await transport.sendMail({
			from: settings.from,
			to: { name: '', address: letter.to },
			subject: letter.subject,
			...(letter.messageId && { messageId: letter.messageId }),
			text: letter.text,
			html: htmlOf(letter),
			textEncoding: 'base64'
		});
		return true;
	} catch (err) {
		log.error({ err }, 'a mail was not sent');
		return false;
	} finally {
		transport.close();
	}
}

/** The text as one paragraph, in its direction, with its address to tap on. */
export function htmlOf({ text, link, locale }: Omit<Letter, 'to' | 'subject'>): string {
	const [before = '', ...after] = text.split(link).map(escaped);
	const address = escaped(link);
	const tap = `<a href="${address}"><bdi dir="ltr">${address}</bdi></a>`;
	return `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><body><p>${[before, ...after].join(tap)}</p></body></html>`;
}

function escaped(text: string): string {
	const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
	return text.replace(/[&<>"]/g, (sign) => signs[sign]!);
}
