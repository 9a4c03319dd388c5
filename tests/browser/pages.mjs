// Every page that the browser looks at. A line is:
//   name     of the pictures and of the test
//   path     address on the demonstration, or a function that finds it: it is given `see`, which
//            answers with the HTML of an address as the same person sees it
//   as       who looks: a key of `people` below; nobody logged in when left out
//   host     of the organisation, for example 'ljungsjo.localhost'; the first one when left out
//   status   of the answer; 200 when left out
//   json     false when the page has no .json sibling
//   before   what to do on the page first, for example press a button to see the errors

// The first address in a page's HTML that fits.
function linkIn(html, pattern) {
    const found = html.match(pattern);
    if (!found) throw new Error(`no link like ${pattern}`);
    return found[1].replaceAll('&amp;', '&');
}

const onPage = (from, pattern) => async (see) => linkIn(await see(from), pattern);
const send = (page) => page.click('main form:last-of-type button[type=submit]');

// A published page of the staff's list, by its number.
const ofPage = (rest) => async (see) => {
    const address = linkIn(await see('/pages?state=published'),
        /href="(\/pages\/(?!new|hand-over)[a-z][a-z0-9-]*)"/);
    return `${linkIn(await see(address), /href="(\/pages\/\d+)\/history"/)}/${rest}`;
};
const somePerson = /href="(\/people\/\d+)"/;
const ofPerson = (rest) => async (see) => `${linkIn(await see('/people'), somePerson)}/${rest}`;
const someLetter = /href="(\/contact\/\d+)"/;

const everybody = [
    { name: 'start', path: '/' },
    { name: 'gone', path: '/pages/andrade-oppettider-pa-biblioteket', status: 410 },
    { name: 'information', path: onPage('/', /href="(\/pages\/[a-z][a-z0-9-]*)"/) },
    { name: 'about', path: '/about' },
    { name: 'data-protection', path: '/data-protection' },
    { name: 'accessibility', path: '/accessibility' },
    { name: 'contact', path: '/contact' },
    { name: 'contact-errors', path: '/contact', before: send },
    { name: 'my-proposal', path: '/my-proposal' },
    { name: 'my-proposal-errors', path: '/my-proposal', before: send },
    { name: 'follow', path: '/follow' },
    { name: 'budgets', path: '/budgets' },
    { name: 'budget-result', path: '/budgets/medborgarbudget-2025/result' },
    { name: 'project', path: '/proposals/badbrygga-med-ramp-vid-norra-stranden/project' },
    { name: 'audit', path: '/audit' },
    { name: 'login', path: '/login' },
    { name: 'login-errors', path: '/login', before: send },
    { name: 'login-password', path: '/login/password' },
    { name: 'login-code', path: '/login', before: async (page) => {
        await page.fill('input[name=email]', 'amina@hemma.example');
        await send(page);
    } },
    { name: 'missing', path: '/no-such-page', status: 404 },
    { name: 'login-first', path: '/settings', json: false },
    { name: 'demo', path: '/demo' },
    { name: 'demo-mail', path: '/demo/mail' },
];

const resident = [
    { name: 'account', path: '/account' },
    { name: 'profile', path: '/account/profile' },
    { name: 'sessions', path: '/account/sessions' },
    { name: 'tokens', path: '/account/tokens' },
    { name: 'follows', path: '/account/follows' },
    { name: 'extract', path: '/account/extract' },
    { name: 'delete', path: '/account/delete' },
    { name: 'email', path: '/account/email' },
    { name: 'email-errors', path: '/account/email', before: send },
    { name: 'password', path: '/account/password' },
    { name: 'forbidden', path: '/settings', status: 403 },
].map((line) => ({ as: 'resident', ...line }));

const communications = [
    { name: 'pages', path: '/pages' },
    { name: 'page-new', path: '/pages/new' },
    { name: 'page-new-step', path: '/pages/new', before: send },
    { name: 'page-edit', path: ofPage('edit') },
    { name: 'page-history', path: ofPage('history') },
    { name: 'page-compare', path: ofPage('compare') },
    { name: 'page-owner', path: ofPage('owner') },
    { name: 'page-unpublish', path: ofPage('state/unpublished') },
    { name: 'hand-over', path: '/pages/hand-over' },
    { name: 'todo', path: '/todo' },
].map((line) => ({ as: 'communications', ...line }));

const administrator = [
    { name: 'setup', path: '/setup' },
    { name: 'settings', path: '/settings' },
    { name: 'settings-about', path: '/settings/about' },
    { name: 'settings-municipality', path: '/settings/municipality' },
    { name: 'settings-responsibility', path: '/settings/responsibility' },
    { name: 'settings-appearance', path: '/settings/appearance' },
    { name: 'settings-language', path: '/settings/language' },
    { name: 'settings-mails', path: '/settings/mail' },
    { name: 'settings-mail', path: '/settings/mail/login_code' },
    { name: 'people', path: '/people' },
    { name: 'person', path: onPage('/people', somePerson) },
    { name: 'person-roles', path: ofPerson('roles') },
    { name: 'person-remove', path: ofPerson('remove') },
    { name: 'person-factor', path: ofPerson('second-factor') },
    { name: 'invite', path: '/people/invite' },
    { name: 'invite-errors', path: '/people/invite', before: send },
    { name: 'accessibility-edit', path: '/accessibility/edit' },
    { name: 'second-factor', path: '/second-factor/setup' },
    { name: 'delete-last', path: '/account/delete' },
].map((line) => ({ as: 'administrator', ...line }));

const officials = [
    { name: 'budget-count', path: '/budgets/trygga-strak-2026/count', as: 'process_lead' },
    { name: 'budget-projects', path: '/budgets/medborgarbudget-2025/projects', as: 'process_lead' },
    { name: 'project-edit', path: '/proposals/badbrygga-med-ramp-vid-norra-stranden/project/edit',
        as: 'process_lead' },
    { name: 'budget-decide', path: '/budgets/trygga-strak-2026/decide', as: 'registrator' },
    { name: 'budget-new', path: '/budgets/new', as: 'process_lead' },
    { name: 'budget-new-errors', path: '/budgets/new', as: 'process_lead', before: send },
    { name: 'inbox', path: '/contact/inbox', as: 'process_lead' },
    { name: 'letter', path: onPage('/contact/inbox', someLetter), as: 'process_lead' },
    { name: 'disposal', path: '/contact/disposal', as: 'registrator' },
    { name: 'audit-log', path: '/audit/log', as: 'registrator' },
];

// Votes of the demonstration in the order they were locked. No cart is open in it.
const SEALED = '/polls/3', CLOSED_CART = '/polls/4', OPEN = '/polls/5';

// Says what binds one to the place, and chooses until `count` are chosen in the first pot; whoever
// has done so already sees the ballot as it stands.
const withChoices = (count) => async (page) => {
    const declare = page.locator('form[action$="/declaration"] button').first();
    if (await declare.count()) await declare.click();
    for (let tries = 0; tries < count; tries++) {
        const pot = page.locator('section:has(> .rs-choices)').first();
        if (await pot.locator('[data-chosen]').count() >= count) return;
        await pot.locator('button[value=choose][data-variant=secondary]').first().click();
    }
};

// Ebba asks for a later end, unless she has; then the page is shown to `person`.
const withLengtheningAsked = (person) => async (page, service) => {
    await login(page, service, people.process_lead);
    await page.goto(service.url(`${OPEN}/staff`));
    if (await page.locator('form[action$="/refuse"]').count() === 0) {
        const closes = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
        await page.fill('input[name=day]', closes);
        await page.fill('input[name=clock]', '20:00');
        await page.fill('textarea[name=reason]', 'Det var avbrott i tjänsten i går kväll.');
        await page.click('button[value=lengthen]');
    }
    await login(page, service, people[person]);
    await page.goto(service.url(`${OPEN}/staff`));
};

const votes = [
    { name: 'ballot', path: `${OPEN}?o=3` },
    { name: 'ballot-search', path: `${OPEN}?o=3&q=finnsinte` },
    { name: 'ballot-pot', path: `${OPEN}?o=3&pot=2` },
    { name: 'ballot-closed', path: `${CLOSED_CART}?o=3` },
    { name: 'ballot-sealed', path: `${SEALED}?o=3` },
    { name: 'receipts-early', path: `${OPEN}/receipts` },
    { name: 'receipts', path: `${SEALED}/receipts` },
    { name: 'receipts-errors', path: `${SEALED}/receipts`, before: send },
    { name: 'receipts-other', path: `${SEALED}/receipts`, before: async (page) => {
        await page.fill('input[name=code]', '7K4P-2M9X-ZQ3T');
        await send(page);
    } },
    { name: 'poll-log', path: `${OPEN}/log` },
    { name: 'poll-log-sealed', path: `${SEALED}/log` },
    { name: 'ballot-declare', path: OPEN, as: 'resident' },
    { name: 'receipt-none', path: `${OPEN}/receipt`, as: 'resident' },
    { name: 'ballot-chosen', path: OPEN, as: 'voter', before: withChoices(1) },
    { name: 'receipt', path: OPEN, as: 'voter', before: async (page, service) => {
        await withChoices(1)(page);
        await page.goto(service.url(`${OPEN}/receipt`));
    } },
    { name: 'ballot-full', path: OPEN, as: 'full', before: withChoices(3) },
    { name: 'ballot-exchange', path: OPEN, as: 'full', before: async (page) => {
        await withChoices(3)(page);
        await page.locator('button[value=choose][data-variant=tertiary]').first().click();
    } },
    { name: 'poll-staff', path: `${SEALED}/staff`, as: 'process_lead' },
    { name: 'poll-staff-closed', path: `${CLOSED_CART}/staff`, as: 'case_officer' },
    { name: 'poll-staff-errors', path: `${OPEN}/staff`, as: 'process_lead',
        before: (page) => page.click('button[value=lengthen]') },
    { name: 'poll-staff-asked', path: `${OPEN}/staff`, as: 'process_lead',
        before: withLengtheningAsked('process_lead') },
    { name: 'poll-staff-confirm', path: `${OPEN}/staff`, as: 'case_officer',
        before: withLengtheningAsked('case_officer') },
];

// Rounds of the demonstration: one takes proposals in, one is assessed, one is being prepared.
const IDEAS = '/budgets/ungas-budget-2026';
const ASSESSED = '/budgets/landsbygdspotten';
const DRAFT = '/budgets/framtidspotten-2027';

// Answers the questions of a proposal until `part` stands there, then presses there when `errors`.
const proposeUntil = (part, errors) => async (page) => {
    const answers = { '[name=title]': 'Gungor vid Norra stranden', '[name=lead]': 'Tre gungor.',
        '[name=body]': 'Barnen saknar något att göra.', '[name=place]': 'Vid parkeringen',
        '[name=name]': 'Amina Furuvik', '[name=email]': 'amina@hemma.example' };
    for (let steps = 0; steps < 12; steps++) {
        if (page.url().endsWith(`/${part}`)) break;
        for (const [field, text] of Object.entries(answers)) {
            const box = page.locator(`main ${field}`);
            if (await box.count() > 0) await box.first().fill(text);
        }
        for (const choice of await page.locator('main fieldset').all()) {
            await choice.locator('input[type=radio]').first().check();
        }
        await page.click('main form button[type=submit]:not([name=go][value=back])');
    }
    if (errors) await page.click('main form button[type=submit]:not([name=go][value=back])');
};
const proposes = (part, errors) => ({
    name: `propose-${part}${errors ? '-errors' : ''}`, path: `${IDEAS}/propose`, as: 'resident',
    before: proposeUntil(part, errors),
});

const budgets = [
    { name: 'round-ideas', path: IDEAS },
    { name: 'round-assessment', path: ASSESSED },
    { name: 'round-rules', path: `${IDEAS}/rules` },
    { name: 'round-rules-locked', path: '/budgets/medborgarbudget-2026/rules' },
    { name: 'proposals', path: `${ASSESSED}/proposals` },
    { name: 'proposals-ended', path: `${ASSESSED}/proposals?state=ended` },
    { name: 'proposal', path: onPage(`${ASSESSED}/proposals`, /href="(\/proposals\/[a-z][^"]*)"/) },
    { name: 'propose', path: `${IDEAS}/propose` },
    { name: 'propose-errors', path: `${IDEAS}/propose`, before: send },
    { name: 'propose-closed', path: `${ASSESSED}/propose` },
    ...['why', 'where', 'cost', 'pot', 'who', 'reach', 'similar', 'check'].map(
        (part) => proposes(part, false)),
    ...['why', 'where', 'reach'].map((part) => proposes(part, true)),
    { name: 'decision', path: onPage(IDEAS, /href="(\/decisions\/\d+)"/) },
    { name: 'assessment', path: `${ASSESSED}/assessment`, as: 'case_officer' },
    { name: 'assess', path: onPage(`${ASSESSED}/assessment?which=all`,
        /href="(\/proposals\/\d+\/assessment)"/), as: 'case_officer' },
    { name: 'manage', path: `${ASSESSED}/manage`, as: 'process_lead' },
    { name: 'manage-draft', path: `${DRAFT}/manage`, as: 'process_lead' },
    { name: 'manage-secretary', path: `${ASSESSED}/manage`, as: 'secretary' },
    { name: 'announce', path: `${DRAFT}/announce`, as: 'process_lead' },
    ...['about', 'dates', 'pots', 'criteria', 'voting'].map(
        (part) => ({ name: `round-${part}`, path: `${DRAFT}/${part}`, as: 'process_lead' })),
    { name: 'round-dates-errors', path: `${DRAFT}/dates`, as: 'process_lead',
        before: async (page) => {
            await page.fill('main [name=vote_to]', '2026-01-01');
            await send(page);
        } },
    { name: 'round-pots-errors', path: `${DRAFT}/pots`, as: 'process_lead', before: send },
    { name: 'round-criteria-errors', path: `${DRAFT}/criteria`, as: 'process_lead', before: send },
    { name: 'round-voting-errors', path: `${DRAFT}/voting`, as: 'process_lead',
        before: async (page) => {
            await page.fill('main [name=least_votes]', 'x');
            await send(page);
        } },
    { name: 'lock', path: `${ASSESSED}/lock`, as: 'process_lead' },
    { name: 'decision-new', path: onPage(`${DRAFT}/manage`,
        /href="(\/pages\/\d+\/decisions\/new)[?"]/), as: 'secretary' },
    { name: 'decision-new-errors', path: onPage(`${DRAFT}/manage`,
        /href="(\/pages\/\d+\/decisions\/new)[?"]/), as: 'secretary', before: send },
];

export const pages = [...everybody, ...resident, ...communications, ...administrator,
    ...officials, ...votes, ...budgets];

// Who logs in, by their addresses in the demonstration.
export const people = {
    resident: { email: 'amina@hemma.example' },
    communications: { email: 'noa.stenberg@ljungsjo.example' },
    administrator: { email: 'rut.ljungdal@ljungsjo.example' },
    voter: { email: 'jonas@hemma.example' },
    full: { email: 'siv.kottdal@ljungsjo.example' },
    secretary: { email: 'agnes.backmo@ljungsjo.example' },
    case_officer: { email: 'tove.almbacke@ljungsjo.example' },
    process_lead: { email: 'ebba.lindvik@ljungsjo.example' },
    registrator: { email: 'karin.aslund@ljungsjo.example' },
};

// Logs in on the demonstration's own page; `person` is one of `people`.
export async function login(page, service, person) {
    await page.goto(service.url('/demo', person.host));
    await page.click(`form:has(input[value="${person.email}"]) button`);
    if (new URL(page.url()).pathname.startsWith('/demo')) {
        throw new Error(`${person.email} was not let in`);
    }
}
