import type { FastifyRequest } from 'fastify';
import { html, type Html } from '../html.ts';
import { languageOf, LANGUAGES } from './languages.ts';

/** Where one goes when no better place is known: the positions, or from there the login. */
const HOME = '/positions';

/** The other languages, each as a button: a form, so that it works without scripts and before the login. */
export function languageSwitch(request: FastifyRequest): Html {
  const others = LANGUAGES.filter((each) => each !== languageOf(request));
  return html`<form method="post" action="/language" class="language">
    <input type="hidden" name="back" value="${placeOf(request)}" />
    ${others.map(
      ({ name, tag, ownName }) =>
        html`<button type="submit" name="language" value="${name}" lang="${tag}" class="quiet">${ownName}</button>`,
    )}
  </form>`;
}

/** The address of the page. What answers a form may have none of its own: then that of its list. */
function placeOf({ method, url, routeOptions, server }: FastifyRequest): string {
  const isPage = (route: string): boolean => server.hasRoute({ method: 'GET', url: route });
  if (method === 'GET' || isPage(routeOptions.url ?? '')) return wayBack(url);
  const list = `/${url.split(/[/?]/)[1] ?? ''}`;
  return isPage(list) ? list : HOME;
}

/**
 * A path of this gateway and nothing else. Browsers read `//host` and `/\host` as another site, and skip blanks and
 * control characters between them.
 */
export function wayBack(to: string | undefined): string {
  return to !== undefined && to.length <= 2_000 && /^\/(?!\/)[!-[\]-~]*$/.test(to) ? to : HOME;
}
