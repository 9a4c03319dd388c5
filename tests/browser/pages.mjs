// Every page that the browser looks at. A line is:
//   path     address on the demonstration, or a function of the service that gives it
//   name     of the pictures and of the test
//   host     of the organisation, for example 'ljungsjo.localhost'; the first one when left out
//   as       who looks: a key of `people` below; nobody logged in when left out
//   status   of the answer; 200 when left out
//   json     false when the page has no .json sibling
//   before   what to do on the page first, for example press a button to see the errors
export const pages = [
    { path: '/', name: 'start' },
];

// Who logs in, by the addresses and passwords of the demonstration.
export const people = {};

// Logs in with the form, as a person does; `person` is one of `people`.
export async function login(page, service, person) {
    await page.goto(service.url('/login', person.host));
    await page.fill('input[name=email]', person.email);
    await page.fill('input[name=password]', person.password);
    await page.click('main form button[type=submit], main form button:not([type])');
    if (new URL(page.url()).pathname === '/login') {
        throw new Error(`${person.email} was not let in`);
    }
}
