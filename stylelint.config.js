/** Right-to-left comes for free when no rule names a side of the page. @type {import('stylelint').Config} */
export default {
	overrides: [{ files: ['**/*.svelte'], customSyntax: 'postcss-html' }],
	rules: {
		'property-layout-mappings': [
			'flow-relative',
			{ ignoreProperties: [/^(min-|max-)?(width|height)$/, /^overflow-[xy]$/] }
		],
		'value-keyword-layout-mappings': 'flow-relative',
		'color-no-invalid-hex': true,
		'declaration-block-no-duplicate-properties': true,
		'property-no-unknown': true,
		'selector-pseudo-class-no-unknown': [true, { ignorePseudoClasses: ['global'] }],
		'unit-no-unknown': true,
		'block-no-empty': true
	}
};
