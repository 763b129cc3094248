import { HttpExchange, isBodyError, type Environment, type Installer } from '../src/index.ts';

const encoded = (text: string): Uint8Array[] => [Buffer.from(text)];

/** The smallest protocol there can be: the body names the operation, the answer repeats it. `stream` goes on until the end. */
export function toyProtocol(onReset: () => void = () => undefined): Installer {
  return (environment) => {
    const authentication = environment.authentication();
    return {
      reset: onReset,
      mounts: [{
        path: '/toy',
        handler: async (request, response) => {
          const exchange = new HttpExchange(request, response, 'toy', environment);
          await exchange.strikeEarly();
          if (exchange.isOver) return;
          const result = await authentication.authenticate(request);
          if (!result.ok) return exchange.refuse(authentication, result, { 'X-Toy': '401' });
          exchange.user = result.principal.user?.primarySmtpAddress;
          await answer(exchange, environment);
        },
      }],
    };
  };
}

async function answer(exchange: HttpExchange, environment: Environment): Promise<void> {
  try {
    exchange.operation = (await exchange.body(100)).toString() || 'empty';
  } catch (error) {
    if (!isBodyError(error, 'too-large')) return exchange.record();
    exchange.errorCode = 'TooLarge';
    return exchange.send(400, { Connection: 'close' }, []);
  }
  exchange.requestValue = { operation: exchange.operation };
  const effect = await exchange.strike();
  if (exchange.isOver) return;
  exchange.errorCode = effect?.code;
  if (effect) return exchange.send(200, {}, encoded(`error ${effect.code}`));
  if (exchange.operation === 'bug') throw new Error('a fault of ours');
  if (exchange.operation === 'stream') return stream(exchange, environment);
  exchange.responseValue = { done: exchange.operation };
  exchange.send(200, { 'Content-Type': 'text/plain' }, encoded(`done ${exchange.operation}`));
}

async function stream(exchange: HttpExchange, { lifecycle: { signal } }: Environment): Promise<void> {
  exchange.begin(200, { 'Content-Type': 'text/plain' });
  await exchange.write(encoded('first.'));
  await exchange.write(encoded('second.'));
  if (!exchange.isOver) {
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      exchange.response.once('close', resolve);
    });
  }
  exchange.end();
}
