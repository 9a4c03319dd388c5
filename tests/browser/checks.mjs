// What is asked of a page that stands in a browser window. Each answers with a list of complaints.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const TAB_LIMIT = 400;

// Collects from now on: requests to other hosts, failed ones, script errors, console errors.
export function listen(page, address) {
    const heard = [];
    const host = new URL(address).host;
    page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.host !== host) heard.push(`asks ${url.host}`);
    });
    page.on('response', (response) => {
        const main = response.request().isNavigationRequest();
        if (!main && response.status() >= 400) heard.push(`${response.status()} ${response.url()}`);
    });
    page.on('pageerror', (error) => heard.push(`script error: ${error.message}`));
    page.on('console', (message) => {
        // The page's own status, when it is meant to be an error, is told by the console too.
        const own = message.location().url === page.url() &&
            /status of [45]\d\d/.test(message.text());
        if (message.type() === 'error' && !own) {
            heard.push(`console: ${message.text()} (${message.location().url})`);
        }
    });
    return heard;
}

// Accessibility rules that a machine can judge.
export async function axeViolations(page) {
    await page.evaluate(axe);
    const found = await page.evaluate(
        (tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), TAGS);
    return found.violations.flatMap(({ id, nodes }) => nodes.map((node) =>
        `axe ${id}: ${node.target.join(' ')}: ${node.failureSummary.split('\n').pop().trim()}`));
}

// Nothing makes the page scroll sideways.
export async function sidewaysScroll(page) {
    const wide = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        const names = [...document.body.querySelectorAll('*')]
            .filter((element) => element.getBoundingClientRect().right > width + 1)
            .map((element) => `${element.localName}.${element.className}`);
        return [`page is ${document.documentElement.scrollWidth} px wide: ${names.slice(0, 3)}`];
    });
    return wide;
}

export async function languageIs(page, language) {
    const lang = await page.evaluate(() => document.documentElement.lang);
    return lang === language ? [] : [`<html lang="${lang}">, want ${language}`];
}

// Walks with Tab through the page: every link, button and field is reached, is seen when it is, and
// shows that it has the focus. Goes round once more when the page began in the middle (autofocus).
export async function keyboardWalk(page) {
    const wanted = await page.evaluate(markReachable);
    const complaints = [];
    const reached = new Set();
    let rounds = 0;
    let last = null;
    for (let presses = 0; presses < TAB_LIMIT; presses++) {
        await page.keyboard.press('Tab');
        const focus = await page.evaluate(lookAtFocus);
        if (focus === null) {
            rounds++;
            if (rounds === 2 || wanted.every(({ mark }) => reached.has(mark))) break;
            continue;
        }
        // A date has a stop for each of its parts.
        if (focus.mark !== null && focus.mark !== last && reached.has(focus.mark)) break;
        if (focus.mark !== null) reached.add(focus.mark);
        last = focus.mark;
        if (!focus.ring) complaints.push(`focus is not seen on ${focus.name}`);
        if (focus.covered) complaints.push(`${focus.name} is covered by ${focus.covered}`);
    }
    for (const { mark, name } of wanted) {
        if (!reached.has(mark)) complaints.push(`Tab does not reach ${name}`);
    }
    return complaints;
}

// In the page: numbers everything that Tab should reach; of a group of radio buttons one is enough.
function markReachable() {
    const selector = 'a[href], button, input:not([type=hidden]), select, textarea, summary, ' +
        '[tabindex="0"]';
    const shut = '[inert], [aria-hidden=true], details:not([open]) > :not(summary)';
    const groups = new Set();

    function isShown(element) {
        const box = element.getBoundingClientRect();
        return getComputedStyle(element).visibility !== 'hidden' && box.width + box.height > 0 &&
            !element.disabled && element.tabIndex >= 0 && !element.closest(shut);
    }

    function standsForItsGroup(element) {
        if (element.type !== 'radio') return true;
        const group = [...document.getElementsByName(element.name)]
            .filter((other) => other.form === element.form);
        if (group.some((other) => other.checked)) return element.checked;
        const isFirst = !groups.has(group[0]);
        groups.add(group[0]);
        return isFirst;
    }

    const elements = [...document.querySelectorAll(selector)].filter(isShown)
        .filter(standsForItsGroup);
    return elements.map((element, number) => {
        element.dataset.walk = number;
        const text = element.getAttribute('aria-label') ?? element.innerText ?? '';
        const name = (text || element.name || '').trim().slice(0, 40);
        return { mark: String(number), name: `${element.localName} "${name}"` };
    });
}

// In the page: what has the focus; null when it went round to the page itself.
function lookAtFocus() {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const label = element.labels?.[0];

    function hasRing(styled) {
        const style = getComputedStyle(styled);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    }

    // What lies over it at a point near its upper edge, inside the window.
    function coveredBy() {
        const box = element.getBoundingClientRect();
        const top = Math.max(box.top, 0);
        const bottom = Math.min(box.bottom, innerHeight);
        if (bottom <= top) return 'the edge of the window';
        const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
        const over = document.elementFromPoint(x, top + Math.min((bottom - top) / 2, 12));
        const isOwn = over === null || over.contains(element) || element.contains(over) ||
            (label && (label.contains(over) || over.contains(label)));
        return isOwn ? null : `${over.localName}.${over.className}`;
    }

    // The ring may stand around the field or card that the element is in.
    const around = [element, label, element.parentElement, element.closest('.ds-card')];
    const text = (element.getAttribute('aria-label') ?? element.innerText ?? '').trim();
    return {
        mark: element.dataset.walk ?? null,
        name: `${element.localName} "${text.slice(0, 40) || element.name || ''}"`,
        ring: around.some((styled) => styled && hasRing(styled)) ||
            getComputedStyle(element).boxShadow !== 'none', // the skip link
        covered: coveredBy(),
    };
}
