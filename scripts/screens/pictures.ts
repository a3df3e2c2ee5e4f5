import { mkdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';

/** How a page is looked at. */
export interface Look {
	width: number;
	language: string;
	colorScheme: 'light' | 'dark';
}

/** The name of a picture's file, without its ending. */
export function pictureName(page: string, { width, language, colorScheme }: Look): string {
	return `${plain(page)} ${width} ${language} ${colorScheme}`;
}

/** Whether a picture is meant by a text: its file's name or a part of it as a folder shows it, or a page's name. */
export function isMeant(picture: string, text: string): boolean {
	return plain(`${picture}.png`).includes(plain(basename(text)));
}

/** Makes the folder for pictures, empty when all are taken anew; the others stay when a text names some. */
export function makeRoom(folder: string, text: string): void {
	if (!text) rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
}

function plain(name: string): string {
	return name.replaceAll(/\W+/g, '-');
}
