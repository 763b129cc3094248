/** Small pages that work without scripts; field names as on Entra's own (`login`, `passwd`), for programs that fill them in. */

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);

function page(title: string, content: string): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>
<style>body{font:16px system-ui,sans-serif;max-width:24rem;margin:4rem auto;padding:0 1rem}input,button{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;margin:.3rem 0}[role=alert]{color:#a00}</style></head>
<body><h1>${escape(title)}</h1>
${content}
</body></html>
`;
}

const hidden = (fields: Iterable<readonly [string, string]>): string => [...fields].map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`).join('\n');

const credentials = (login: string): string => `<label>Account <input name="login" type="email" autocomplete="username" value="${escape(login)}" required></label>
<label>Password <input name="passwd" type="password" autocomplete="current-password" required></label>`;

const alert = (message: string | undefined): string => message === undefined ? '' : `<p role="alert">${escape(message)}</p>\n`;

/** `fields` are the parameters of the authorization request; the form posts them back with what the user typed. */
export function loginPage(options: { clientName: string; login: string; fields: Iterable<readonly [string, string]>; message?: string | undefined }): string {
  return page('Sign in', `<p>to continue to ${escape(options.clientName)}</p>
${alert(options.message)}<form method="post">
${hidden(options.fields)}
${credentials(options.login)}
<button name="action" value="accept">Sign in</button>
<button name="action" value="cancel" formnovalidate>Cancel</button>
</form>`);
}

export function devicePage(options: { userCode: string; message?: string | undefined }): string {
  return page('Enter code', `<p>Enter the code that your device shows.</p>
${alert(options.message)}<form method="post">
<label>Code <input name="otc" value="${escape(options.userCode)}" autocapitalize="characters" required></label>
${credentials('')}
<button name="action" value="accept">Sign in</button>
<button name="action" value="cancel">Decline</button>
</form>`);
}

export const messagePage = (title: string, message: string): string => page(title, `<p>${escape(message)}</p>`);

/** response_mode=form_post: a page that posts itself; with a button for browsers without scripts. */
export function formPostPage(action: string, fields: Iterable<readonly [string, string]>): string {
  return page('Continue', `<form method="post" action="${escape(action)}">
${hidden(fields)}
<button>Continue</button>
</form>`);
}
