/** The pieces from which an attacker would build a text that holds the program up: marks, words, half sentences. A stroke parts them. */
const pieces =
  'a| |\n|\t|。|，|、|一|1|第|.|：|【|①|（|~|…|-|除|扣|5|五|一、|1、| 1. |1-|3、|4。|5 |' +
  '5×|3 4\n|点五|改成|3和|第3项|第3项1.|3扣1，|第3项学习|第3项扣1（|其余满分|满分5分|合计|不对，|领导班子|学习|' +
  '群众反映5 |无|没有|难点|难点：|机电学生党支部、|教工一、|去了|支部|三个支部都|因|问题|已经|党委|请|内部资料 |绝 |秘密|' +
  '（秘 |4月|到|提醒|请假到|情况 |学生支部没去，|全部|走访'

export const shapes: readonly string[] = [
  ...pieces.split('|'),
  '去了机电学生党支部，活动正常。难点：场地不足。',
  '教工一支部学习认真，已经解决了桌椅，但是投影没人管，请党委研究；',
]

/** A text of `length` characters that repeats a piece. */
export const shaped = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
