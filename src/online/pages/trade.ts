import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Trade } from '../../clearing/deal.ts';
import type { OnlineContext } from '../context.ts';
import { factList } from '../functions/form-markup.ts';
import { numberOf } from '../functions/function-page.ts';
import { html } from '../html.ts';
import { sendPage } from '../layout.ts';
import { shownText, toHtmlTable } from '../table.ts';
import { loggedIn, refuse, sendRefusal, type Visit } from '../visit.ts';
import { functionBar, functionLink } from './post-trade.ts';
import { tradesPage } from './trades.ts';

/** A trade with everything that is known of it, what became of it and what it came from. */
export function addTrade(app: FastifyInstance, context: OnlineContext): void {
  app.get('/trades/:number', loggedIn(context, sendTrade));
}

function sendTrade(visit: Visit): FastifyReply {
  const {
    context,
    request,
    reply,
    browser,
    texts: { functions, lists },
  } = visit;
  const number = numberOf(visit);
  const found = context.core.trades(browser.id);
  if (!found.ok) return refuse(visit, found.rejection);
  const trade = found.value.find((each) => each.number === number);
  if (!trade) {
    const refusal = { status: 404, title: lists.noSuchTrade, text: functions.missing.trade };
    return sendRefusal(context, request, reply, browser, refusal, 'not-found');
  }
  const columns = tradesPage.columns(context.core, visit);
  const at = `/trades/${trade.number}`;
  return sendPage(context, request, reply, 200, {
    title: lists.trade(trade.number),
    browser,
    body: html`${functionBar(
        visit,
        functionLink(visit, 'rectify-trade', `${at}/rectify`, functions.buttons.rectify),
        functionLink(visit, 'transfer-from-transitory', `${at}/transfer`, functions.titles['transfer-from-transitory']),
        functionLink(visit, 'request-give-up', `${at}/give-up`, functions.buttons.giveUp),
      )}
      <div class="card wide">${factList(columns.map((column) => [column.title, shownText(column, trade) || '–']))}</div>
      <h2>${lists.chain}</h2>
      ${toHtmlTable({
        texts: visit.texts,
        caption: lists.chainCaption,
        columns,
        rows: chainOf(found.value, trade),
        emptyText: '',
      })}
      <p><a href="/trades">${lists.allTrades}</a></p>`,
  });
}

/** All own trades that have the same first trade. */
function chainOf(trades: readonly Trade[], of: Trade): readonly Trade[] {
  const byNumber = new Map(trades.map((trade) => [trade.number, trade]));
  const rootOf = (trade: Trade): Trade => {
    const original = trade.originalTrade === undefined ? undefined : byNumber.get(trade.originalTrade);
    return original === undefined || original === trade ? trade : rootOf(original);
  };
  const root = rootOf(of);
  return trades.filter((trade) => rootOf(trade) === root);
}
