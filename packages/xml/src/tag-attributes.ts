import type { XmlAttribute, XmlSource } from './parse.ts';
import type { AttributeField, Plan, Schema, Target } from './plan.ts';

/** An attribute by its expanded name, when the document writes another prefix than the schema. */
export function findNamespaced(plan: Plan | undefined, attribute: XmlAttribute): AttributeField | undefined {
  for (const known of plan?.attributes.values() ?? []) if (known.uri === attribute.uri && known.name === attribute.local) return known;
  return undefined;
}

/** Whether a type may stand where another is declared. */
export function derivesFrom(target: Target, declared: Target, schema: Schema): boolean {
  if (target.kind === 'scalar' || declared.kind === 'scalar') {
    return target.kind === 'scalar' && declared.kind === 'scalar' && [target.label, ...target.ancestors].includes(declared.label);
  }
  for (let plan: Plan | undefined = target; plan; plan = plan.base === undefined ? undefined : schema.plan(plan.base)) if (plan.name === declared.name) return true;
  return false;
}

/** Finds an attribute in the start tag that was read last; only wanted when something is wrong with it. */
export function attributeOffset(name: string, source: XmlSource): number {
  const pattern = /\s([^\s=/>]+)\s*=\s*(?:"[^"]*"|'[^']*')/gy;
  const tagName = /[^\s/>]*/y;
  tagName.lastIndex = source.nameOffset;
  tagName.exec(source.text);
  pattern.lastIndex = tagName.lastIndex;
  const space = /\s*(?=\s)/y;
  for (;;) {
    space.lastIndex = pattern.lastIndex;
    if (space.test(source.text)) pattern.lastIndex = space.lastIndex;
    const match = pattern.exec(source.text);
    if (!match) return source.nameOffset;
    if (match[1] === name) return match.index + 1;
  }
}
