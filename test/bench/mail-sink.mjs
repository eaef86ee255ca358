import { createServer } from 'node:net';

/** A mail server that accepts everything and keeps nothing; prints its port. As cheap as can be: it shares the cores with what is measured. */
const server = createServer((socket) => {
  let isData = false;
  let text = '';
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.write('220 sink ESMTP\r\n');
  socket.on('data', (chunk) => {
    text += chunk;
    for (;;) {
      const end = isData ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
      if (end === -1) return;
      const line = text.slice(0, end);
      text = text.slice(end + (isData ? 5 : 2));
      if (isData) {
        isData = false;
        socket.write('250 kept nothing\r\n');
        continue;
      }
      isData = /^data/i.test(line);
      if (isData) socket.write('354 go on\r\n');
      else if (/^quit/i.test(line)) socket.end('221 bye\r\n');
      else socket.write('250 sink\r\n');
    }
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
