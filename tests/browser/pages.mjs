// Every page that the browser looks at. A line is:
//   path     address on the demonstration, or a function of the service that gives it
//   name     of the pictures and of the test
//   host     of the organisation, for example 'ljungsjo.localhost'; the first one when left out
//   as       who looks: a key of `people` below; nobody logged in when left out
//   status   of the answer; 200 when left out
//   json     false when the page has no .json sibling
//   before   what to do on the page first, for example press a button to see the errors
async function send(page) {
    await page.click('main form button[type=submit]');
}

export const pages = [
    { path: '/', name: 'start' },
    { path: '/pages/sa-kan-du-paverka-i-ljungsjo', name: 'page' },
    {
        path: '/pages/andrade-oppettider-pa-biblioteket', name: 'page-gone',
        status: 410, json: false,
    },
    { path: '/about', name: 'about' },
    { path: '/accessibility', name: 'accessibility' },
    { path: '/data-protection', name: 'data-protection' },
    { path: '/contact', name: 'contact' },
    { path: '/contact', name: 'contact-errors', json: false, before: send },
    { path: '/audit', name: 'audit' },
    { path: '/login', name: 'login' },
    { path: '/login', name: 'login-errors', json: false, before: send },
    { path: '/login/password', name: 'login-password' },
    { path: '/demo', name: 'demo' },
    { path: '/demo/mail', name: 'demo-mail' },
    { path: '/nowhere', name: 'not-found', status: 404, json: false },
    { path: '/settings', name: 'forbidden', as: 'resident', status: 403, json: false },
    { path: '/account', name: 'account', as: 'resident' },
    { path: '/account/profile', name: 'account-profile', as: 'resident' },
    { path: '/account/email', name: 'account-email', as: 'resident' },
    { path: '/account/password', name: 'account-password', as: 'resident' },
    { path: '/account/sessions', name: 'account-sessions', as: 'resident' },
    { path: '/account/tokens', name: 'account-tokens', as: 'resident' },
    { path: '/account/extract', name: 'account-extract', as: 'resident' },
    { path: '/account/delete', name: 'account-delete', as: 'resident' },
    { path: '/second-factor/setup', name: 'second-factor-setup', as: 'administrator' },
    { path: '/todo', name: 'todo', as: 'lead' },
    { path: '/pages', name: 'pages', as: 'communications' },
    { path: '/pages/new', name: 'page-new', as: 'communications' },
    { path: '/pages/1/edit', name: 'page-edit', as: 'communications' },
    { path: '/pages/1/history', name: 'page-history', as: 'communications' },
    { path: '/pages/1/owner', name: 'page-owner', as: 'communications' },
    { path: '/pages/hand-over', name: 'hand-over', as: 'lead' },
    { path: '/contact/inbox', name: 'inbox', as: 'lead' },
    { path: '/settings', name: 'settings', as: 'administrator' },
    { path: '/settings/about', name: 'settings-about', as: 'administrator' },
    { path: '/settings/municipality', name: 'settings-municipality', as: 'administrator' },
    { path: '/settings/responsibility', name: 'settings-responsibility', as: 'administrator' },
    { path: '/settings/appearance', name: 'settings-appearance', as: 'administrator' },
    { path: '/settings/language', name: 'settings-language', as: 'administrator' },
    { path: '/setup', name: 'setup', as: 'administrator' },
    { path: '/people', name: 'people', as: 'administrator' },
    { path: '/people/invite', name: 'people-invite', as: 'administrator' },
    { path: '/people/3', name: 'person', as: 'administrator' },
    { path: '/people/3/roles', name: 'person-roles', as: 'administrator' },
    { path: '/accessibility/edit', name: 'accessibility-edit', as: 'administrator' },
    { path: '/audit/log', name: 'audit-log', as: 'dpo' },
];

// Who logs in, by their address in the demonstration.
export const people = {
    resident: 'amina@hemma.example',
    lead: 'ebba.lindvik@ljungsjo.example',
    communications: 'noa.stenberg@ljungsjo.example',
    dpo: 'peter.ekhammar@ljungsjo.example',
    administrator: 'rut.ljungdal@ljungsjo.example',
};

// Logs in by pressing the person's button on /demo; `email` is one of `people`.
export async function login(page, service, email) {
    await page.goto(service.url('/demo'));
    await page.click(`form:has(input[value="${email}"]) button`);
    if (new URL(page.url()).pathname === '/demo') {
        throw new Error(`${email} was not let in`);
    }
}
