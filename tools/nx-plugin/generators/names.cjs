'use strict';

/** `FindPeople` to `find-people`, `ExpandDL` to `expand-dl`. */
function kebabCase(name) {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2').toLowerCase();
}

/** `FindPeople` to `findPeople`, `mapi-http` to `mapiHttp`. */
function camelCase(name) {
  const joined = name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  return joined[0].toLowerCase() + joined.slice(1);
}

/** `mapi-http` to `MapiHttp`. */
function pascalCase(name) {
  const camel = camelCase(name);
  return camel[0].toUpperCase() + camel.slice(1);
}

module.exports = { camelCase, kebabCase, pascalCase };
