const { existsSync } = require('node:fs');
const { resolve, sep } = require('node:path');

/**
 * TypeScript lets a relative import name the file as it will be called after compilation (`./topics.js`); Jest runs the source. Only in our own
 * folders: packages mean what they write.
 */
module.exports = (request, options) => {
  if (request.startsWith('.') && request.endsWith('.js') && !options.basedir.includes(`${sep}node_modules${sep}`)) {
    const source = resolve(options.basedir, request.replace(/\.js$/, '.ts'));
    if (existsSync(source)) {
      return source;
    }
  }
  return options.defaultResolver(request, options);
};
