import type { Named } from '../../src/campaign/roster/names.ts'

const generals: { readonly [general: string]: readonly string[] } = {
  机电工程学院党总支: ['机电教工第一党支部', '机电教工第二党支部', '机电学生党支部'],
  信息工程学院党总支: ['软件教研室党支部', '网络教研室党支部', '信息学生党支部'],
  文旅学院党总支: ['酒店管理党支部', '第一党支部', '第十一党支部'],
  护理学院党总支: ['第一党支部', '实训中心党支部'],
}
/** The ids are `general/branch`. */
export const college: readonly Named[] = [
  ...Object.entries(generals).flatMap(([generalName, names]) =>
    names.map((name) => ({ id: `${generalName}/${name}`, name, generalName })),
  ),
  { id: '机关党支部', name: '机关党支部' },
]
export const only = (...names: string[]): Named[] =>
  college.filter(({ name }) => names.includes(name)).map(({ name }) => ({ id: name, name }))
