import { chinese, english } from '../../src/demo/texts.js';
import { controls, given, groups } from './controls.js';
import type { Language } from './documents.js';
import { escapeHtml, type OptionRow } from './markdown.js';
import { playgroundTexts } from './playground-texts.js';
import { snippets } from './snippets.js';

/** The playground as HTML. Its form has a field for each attribute that README's tables tell of, with what is said of it there. */
export function playgroundHtml(
  language: Language,
  options: readonly OptionRow[],
  optionsOfTag: readonly OptionRow[],
): string {
  const texts = playgroundTexts[language];
  const { networkFaults, serverFaults, clear, network, server } = language === 'en' ? english : chinese;
  // The first column is the attribute; in both languages the last two are its meaning and its default.
  const rows = new Map(
    [...options, ...optionsOfTag].map((cells) => [cells[0] ?? '', elsewhere(cells.at(-2) ?? '', texts.more)]),
  );
  const ofTag = optionsOfTag.map(([name = '']) => name);
  const named: readonly string[] = [...groups.look, ...groups.who, ...ofTag];
  const parts = [
    { title: texts.groups.tag, names: ofTag, more: ' id="of-tag" open hidden' },
    { title: texts.groups.look, names: groups.look, more: ' open' },
    { title: texts.groups.who, names: groups.who, more: '' },
    { title: texts.groups.rest, names: [...rows.keys()].filter((name) => !named.includes(name)), more: '' },
  ];
  const fieldOf = (name: string) => {
    const meaning = rows.get(name);
    if (meaning === undefined) throw new Error(`expected README to tell of the attribute ${name}`);
    return field(name, meaning, language);
  };
  return `<h1>${texts.title}</h1>
<p class="lead">${texts.lead}</p>
<noscript><p class="lead"><strong>${texts.noScript}</strong></p></noscript>
<div class="playground">
<div>
<form id="attributes" aria-label="${texts.attributes}" autocomplete="off">
${parts
  .map(
    ({ title, names, more }) => `<details${more}><summary>${title}</summary>${names.map(fieldOf).join('')}</details>`,
  )
  .join('\n')}
<details><summary>${texts.whatIf}</summary>
<p class="help">${texts.whatIfLead}</p>
${faultButtons(network, networkFaults)}${faultButtons(server, serverFaults)}<p class="faults">${faultButton('clear', clear)}</p>
</details>
<p><button type="reset">${texts.reset}</button></p>
</form>
<section class="snippet" aria-labelledby="snippet-title">
<h2 id="snippet-title">${texts.snippet}</h2>
<fieldset><legend class="unseen">${texts.snippet}</legend>${Object.keys(snippets)
    .map((form, n) => {
      const label = texts.forms[form as keyof typeof snippets];
      return `<label><input type="radio" name="form" value="${form}"${n ? '' : ' checked'}><span>${label}</span></label>`;
    })
    .join('')}</fieldset>
<button type="button" id="copy">${texts.copy}</button>
<pre tabindex="0"><code id="snippet"></code></pre>
</section>
</div>
<div class="result">
<section class="stage" id="stage" aria-label="${texts.chat}"></section>
<p class="stage" id="tag-hint" hidden>${texts.tagHint}</p>
<section class="stage" id="other-side" aria-label="${texts.otherHeading}" hidden></section>
<p class="words"><span>${texts.tryIt}</span>${texts.words.map((word) => `<button type="button" data-say="${word}">${word}</button>`).join('')}</p>
<p class="words"><button type="button" id="answer" aria-pressed="false" aria-describedby="answer-hint">${texts.otherSide}</button><span id="answer-hint">${texts.otherSideHint}</span></p>
<p id="outcome" role="status"></p>
</div>
</div>
`;
}

/** What stands below in README stands on another page here. */
function elsewhere(meaning: string, more: string): string {
  return meaning.replace(/>((see )?below|见下文)</, `>${more}<`);
}

function field(name: string, meaning: string, language: Language): string {
  const id = `attribute-${name}`;
  const about = `${id}-help`;
  const common = `id="${id}" name="${name}" aria-describedby="${about}"`;
  const value = escapeHtml(given[language][name] ?? '');
  const control = controls[name];
  const texts = playgroundTexts[language];
  let input = `<input type="text" ${common} value="${value}" spellcheck="false">`;
  if (control === 'switch') input = `<input type="checkbox" ${common} value="">`;
  else if (control === 'number') input = `<input type="number" ${common} min="0" step="1">`;
  else if (control === 'colour') {
    input = `<span class="colour"><input type="text" ${common} placeholder="#7a3ff2" spellcheck="false">
<input type="color" value="#7a3ff2" aria-label="${texts.pick}" data-for="${id}"></span>`;
  } else if (control) {
    const options = control.map((each) => `<option value="${each}">${each || texts.defaultChoice}</option>`);
    input = `<select ${common}>${options.join('')}</select>`;
  }
  return `<div class="field"><label for="${id}"><code>${name}</code></label>${input}<p class="help" id="${about}">${meaning}</p></div>`;
}

function faultButtons(title: string, faults: Readonly<Record<string, string>>): string {
  const buttons = Object.entries(faults).map(([fault, label]) => faultButton(fault, label));
  return `<h2>${title}</h2><p class="faults">${buttons.join('')}</p>\n`;
}

function faultButton(fault: string, label: string): string {
  return `<button type="button" data-fault="${fault}">${label}</button>`;
}
