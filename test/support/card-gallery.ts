/** One card of each kind with every block that it may hold, by the word that asks for it. */
export const gallery: { [word: string]: (task_id: string) => object } = {
  通知: (task_id) => ({
    card_type: 'text_notice',
    source: { desc: '党委办公室', desc_color: 2 },
    action_menu: {
      desc: '卡片操作',
      action_list: [
        { text: '稍后提醒', key: 'later' },
        { text: '不再提醒', key: 'never' },
      ],
    },
    main_title: { title: '4月联系支部报告', desc: '4月29日（周五）前' },
    emphasis_content: { title: '3/4', desc: '已走访支部' },
    quote_area: { type: 1, url: 'https://example.org/plan', title: '原文', quote_text: '每月至少到联系支部一次' },
    sub_title_text: '请直接回复一段话。',
    horizontal_content_list: [
      { keyname: '支部', value: '软件教研室党支部' },
      { keyname: '网页', value: '查看原文', type: 1, url: 'https://example.org/plan' },
      { keyname: '联系人', type: 3, userid: 'zhaoyi' },
    ],
    jump_list: [
      { type: 1, title: '任务清单', url: 'https://example.org/tasks' },
      { type: 2, title: '党建小程序', appid: 'wx0', pagepath: 'pages/a' },
    ],
    card_action: { type: 1, url: 'https://example.org/' },
    task_id,
  }),
  图文: () => ({
    card_type: 'news_notice',
    source: { desc: '宣传部', desc_color: 3 },
    main_title: { title: '一支部一品牌', desc: '经验交流' },
    card_image: { url: 'https://example.org/a.png', aspect_ratio: 2 },
    image_text_area: { type: 0, title: '特色支部', desc: '软件教研室党支部', image_url: 'https://example.org/b.png' },
    quote_area: { quote_text: '二到五个特色支部' },
    vertical_content_list: [
      { title: '做法', desc: '每周一次学习' },
      { title: '成效', desc: '满意度提高' },
    ],
    horizontal_content_list: [{ keyname: '来源', value: '经验材料' }],
    card_action: { type: 2, appid: 'wx0', pagepath: 'pages/a' },
  }),
  按钮: (task_id) => ({
    card_type: 'button_interaction',
    source: { desc: '评分' },
    main_title: { title: '第17项 群众评议', desc: '软件教研室党支部' },
    sub_title_text: '本项10分。',
    horizontal_content_list: [{ keyname: '自评', value: '10分' }],
    button_selection: {
      question_key: 'score',
      title: '得分',
      option_list: [
        { id: '9', text: '9分' },
        { id: '8', text: '8分' },
      ],
      selected_id: '8',
    },
    button_list: [
      { text: '确定', key: 'ok', style: 1 },
      { text: '上一步', key: 'back', style: 2 },
      { text: '取消', key: 'cancel', style: 3 },
      { text: '稍后', key: 'later', style: 4 },
    ],
    task_id,
  }),
  多选: (task_id) => ({
    card_type: 'vote_interaction',
    source: { desc: '评分' },
    main_title: { title: '软件教研室党支部', desc: '打勾为满分' },
    checkbox: {
      question_key: 'full',
      mode: 1,
      option_list: Array.from({ length: 18 }, (_, i) => ({
        id: `i${i + 1}`,
        text: `${i + 1} 项目名称`,
        is_checked: true,
      })),
    },
    submit_button: { text: '提交', key: 'done' },
    task_id,
  }),
  单选: (task_id) => ({
    card_type: 'vote_interaction',
    main_title: { title: '选择支部' },
    checkbox: {
      question_key: 'branch',
      mode: 0,
      option_list: [
        { id: 'b1', text: '机电学生党支部', is_checked: true },
        { id: 'b2', text: '软件教研室党支部', is_checked: false },
      ],
    },
    submit_button: { text: '选定', key: 'done' },
    task_id,
  }),
  下拉: (task_id) => ({
    card_type: 'multiple_interaction',
    source: { desc: '评分' },
    main_title: { title: '评分 1/6', desc: '每项5分' },
    select_list: [1, 2, 3].map((n) => ({
      question_key: `q${n}`,
      title: `第${n}项`,
      option_list: [5, 4, 3].map((points) => ({ id: `q${n}_${points}`, text: `${points}分` })),
    })),
    submit_button: { text: '下一页', key: 'next' },
    task_id,
  }),
}

/** The same card after an update that ends it: nothing can be chosen, and a word stands on a grey button. */
export function ended(card: object, word: string): object {
  const disable = <T>(question: T): T & { disable: true } => ({ ...question, disable: true })
  return {
    ...card,
    ...('checkbox' in card ? { checkbox: disable(card.checkbox) } : {}),
    ...('select_list' in card && Array.isArray(card.select_list) ? { select_list: card.select_list.map(disable) } : {}),
    ...('button_selection' in card ? { button_selection: disable(card.button_selection) } : {}),
    ...('card_type' in card && card.card_type === 'text_notice'
      ? { sub_title_text: `已选：${word}` }
      : { replace_text: word }),
  }
}
