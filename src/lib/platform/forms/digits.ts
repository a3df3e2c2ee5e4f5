/** ٠–٩ and ۰–۹ as 0–9. */
export function latinDigits(text: string): string {
	return text
		.trim()
		.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
		.replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));
}
