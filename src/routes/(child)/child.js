// See +layout.svelte; sent as it stands.
const IDLE_MS = 120_000;
const MOST_MS = 570_000;
const voices = window.speechSynthesis;
const { lang } = document.documentElement;
/** @type {HTMLButtonElement | null} */
const listen = document.querySelector('[data-listen]');
/** @type {HTMLFormElement | null} */
const leave = document.querySelector('#leave');
/** @type {HTMLButtonElement | null} */
const rest = document.querySelector('[data-rest]');
const own = () => voices.getVoices().find((voice) => voice.lang.slice(0, 2) === lang);

if (voices && listen) {
	const offer = () => (listen.hidden = !own());
	offer();
	voices.onvoiceschanged = offer;
	voices.cancel();
	listen.onclick = () => {
		voices.cancel();
		for (const { textContent } of document.querySelectorAll(
			'main :is(h1,h2,p,:not(h1)>label,.said)'
		)) {
			const line = new SpeechSynthesisUtterance(textContent);
			line.lang = lang;
			line.voice = own() ?? null;
			line.rate = 0.9;
			voices.speak(line);
		}
	};
}

if (leave)
	leave.onsubmit = (event) => {
		event.preventDefault();
		document.body.hidden = true;
		voices?.cancel();
		const { action, method } = leave;
		fetch(action, { method, redirect: 'manual', body: new URLSearchParams() }).finally(() =>
			location.replace('/s')
		);
	};

if (rest) {
	let timer = 0;
	const wait = () => {
		clearTimeout(timer);
		timer = window.setTimeout(() => rest.click(), IDLE_MS);
	};
	wait();
	setTimeout(() => rest.click(), MOST_MS);
	document.oninput = wait;
}
