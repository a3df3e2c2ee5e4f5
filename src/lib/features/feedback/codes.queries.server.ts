import { randomInt } from 'node:crypto';
import { latinDigits } from '#lib/platform/forms/digits.ts';

/**
 * Digits, because children of every script find them on a keyboard; eight, so that with fifty codes
 * open one guess in two million hits. Guesses are counted besides (`answering.commands.server.ts`).
 */
const DIGITS = 8;

/** A fresh code, `04813375`. */
export function newCode(): string {
	return String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
}

/** A code as somebody typed it: Arabic-Indic digits, spaces and hyphens are fine; null when it is none. */
export function readCode(typed: string): string | null {
	const digits = latinDigits(typed.slice(0, 40)).replace(/[\s\u00a0\-–]/g, '');
	return /^\d{8}$/.test(digits) ? digits : null;
}
