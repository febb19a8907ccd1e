import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A database, as far as the application checks it: a port that accepts connections. */
export type Database = Readonly<{
  port: number;
  goAway: () => Promise<void>;
  comeBack: () => Promise<void>;
}>;

export const startDatabase = async (): Promise<Database> => {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => open.delete(socket));
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    goAway: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
    comeBack: () => listen(server, port),
  };
};

const listen = async (server: Server, port: number): Promise<void> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
};
