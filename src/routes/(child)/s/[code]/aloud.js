// Reads a question and its choices aloud, where the device has a voice for the page's language.
const voices = window.speechSynthesis;
/** @type {HTMLButtonElement | null} */
const button = document.querySelector('[data-aloud]');
const { lang } = document.documentElement;
const own = () => voices.getVoices().find((voice) => voice.lang.slice(0, 2) === lang);

if (voices && button) {
	const offer = () => (button.hidden = !own());
	offer();
	voices.onvoiceschanged = offer;
	button.onclick = () => {
		voices.cancel();
		for (const { textContent } of document.querySelectorAll('[data-read]')) {
			const line = new SpeechSynthesisUtterance(textContent);
			line.lang = lang;
			line.voice = own() ?? null;
			line.rate = 0.9;
			voices.speak(line);
		}
	};
}
