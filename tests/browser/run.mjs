// Looks at every page of pages.mjs in Chromium. Usage: node tests/browser/run.mjs PROGRAM [PAGE…]
//
// Each page is met in both languages, light and dark, at 320, 390 and 1280 px: axe finds nothing,
// nothing scrolls sideways, no other host is asked, the console is silent; without scripts it is
// walked by keyboard; its HTML is valid and its JSON sibling is JSON. Pictures are put beside the
// program in screens/. Prints "ok NAME" or "not ok NAME" for each page and question.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { browserIsInstalled, browserStart, contextOpen } from './browser.mjs';
import * as checks from './checks.mjs';
import { documentChecks, headersFor, pageDocuments } from './documents.mjs';
import { login, pages, people } from './pages.mjs';
import { Service } from './service.mjs';

// All pairs of language, colours and width in six windows instead of twelve.
const WINDOWS = {
    sv: [['light', 1280], ['light', 320], ['dark', 390]],
    en: [['dark', 1280], ['dark', 320], ['light', 390]],
};
const WALKS = { sv: 1280, en: 320 };
const AT_ONCE = 2; // pages looked at side by side
let failed = 0;

// One question about one page: its complaints, or none.
function report(name, complaints) {
    const wrong = [...new Set(complaints)];
    if (wrong.length === 0) {
        console.log(`ok ${name}`);
        return;
    }
    failed++;
    console.log(`not ok ${name}`);
    for (const complaint of wrong.slice(0, 10)) console.log(`    ${complaint}`);
    if (wrong.length > 10) console.log(`    and ${wrong.length - 10} more`);
}

async function open(page, service, line, language) {
    // Whoever has an account reads in its language, until they choose another.
    if (line.as) await page.goto(service.url(`/language/${language}?back=/health`, line.host));
    const answer = await page.goto(service.url(line.at, line.host));
    const complaints = [];
    const status = line.status ?? 200;
    if (answer.status() !== status) complaints.push(`answers ${answer.status()}, want ${status}`);
    if (line.before) await line.before(page, service);
    return complaints;
}

// Languages, colours and widths, with scripts on (axe is one).
async function look(browser, service, line, language, cookies, screens) {
    const [[scheme, width]] = WINDOWS[language];
    const context = await contextOpen(browser, { language, scheme, width, scripts: true, cookies });
    const page = await context.newPage();
    const heard = checks.listen(page, service.url('/', line.host));
    const complaints = await open(page, service, line, language);
    complaints.push(...await checks.languageIs(page, language));
    for (const [colours, pixels] of WINDOWS[language]) {
        await page.emulateMedia({ colorScheme: colours });
        await page.setViewportSize({ width: pixels, height: pixels < 700 ? 800 : 900 });
        const there = `${colours} ${pixels} px: `;
        const found = [...await checks.sidewaysScroll(page), ...await checks.axeViolations(page)];
        complaints.push(...found.map((complaint) => there + complaint));
        const picture = `${line.name}-${language}-${colours}-${pixels}.png`;
        await page.screenshot({ path: join(screens, picture), fullPage: true });
    }
    await context.close();
    report(`${line.name} ${language} is readable`, complaints);
    report(`${line.name} ${language} is quiet`, heard);
}

// Without scripts, by keyboard alone.
async function walk(browser, service, line, language, cookies) {
    const context = await contextOpen(browser,
        { language, scheme: 'light', width: WALKS[language], scripts: false, cookies });
    const page = await context.newPage();
    const complaints = await open(page, service, line, language);
    complaints.push(...await checks.sidewaysScroll(page), ...await checks.keyboardWalk(page));
    report(`${line.name} ${language} by keyboard, without scripts`, complaints);
    await context.close();
}

// The cookies of everybody in `people`, each logged in once.
async function cookiesOfPeople(browser, service, wanted) {
    const cookies = { undefined: [] };
    for (const who of new Set(wanted)) {
        if (who === undefined) continue;
        const context = await contextOpen(browser,
            { language: 'sv', scheme: 'light', width: 1280, scripts: false });
        await login(await context.newPage(), service, people[who]);
        cookies[who] = await context.cookies();
        await context.close();
    }
    return cookies;
}

// Sets the address of each line; false when it cannot be found, which is reported.
async function find(service, line, cookies) {
    try {
        const headers = headersFor('sv', cookies, 'text/html');
        const see = async (path) => (await service.fetch(path, headers, line.host)).body;
        line.at = typeof line.path === 'function' ? await line.path(see) : line.path;
        return true;
    } catch (error) {
        report(line.name, [error.message]);
        return false;
    }
}

async function guarded(name, task) {
    try {
        await task();
    } catch (error) {
        report(name, [error.message.split('\n')[0]]);
    }
}

async function main(program, names) {
    const screens = join(dirname(program), 'screens');
    await mkdir(screens, { recursive: true });
    const service = await Service.start(program);
    const browser = await browserStart();
    const lines = pages.filter((line) => names.length === 0 || names.includes(line.name));
    const cookies = await cookiesOfPeople(browser, service, lines.map((line) => line.as));
    const found = [];
    for (const line of lines) if (await find(service, line, cookies[line.as])) found.push(line);
    const tasks = found.flatMap((line) => ['sv', 'en'].map((language) => async () => {
        const mine = cookies[line.as];
        const name = `${line.name} ${language}`;
        await guarded(name, () => look(browser, service, line, language, mine, screens));
        await guarded(name, () => walk(browser, service, line, language, mine));
        await guarded(name, async () =>
            report(`${name} is valid`, await pageDocuments(service, line, language, mine)));
    }));
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        for (let task = tasks.shift(); task; task = tasks.shift()) await task();
    }));
    if (names.length === 0) {
        for (const [name, complaints] of await documentChecks(service)) report(name, complaints);
    }
    await browser.close();
    const status = await service.stop();
    report('the service ends cleanly', status === 0 ? []
        : [`exit status ${status}:`, ...service.said.split('\n').slice(-30)]);
}

const [program, ...names] = process.argv.slice(2);
if (!program) {
    console.error('usage: node tests/browser/run.mjs PROGRAM [PAGE…]');
    process.exit(2);
}
if (!browserIsInstalled()) {
    console.log('skip browser: chromium is not installed');
    process.exit(0);
}
await main(program, names);
process.exit(failed > 0 ? 1 : 0);
