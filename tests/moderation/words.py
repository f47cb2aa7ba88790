"""What people of the cast write that the machine has an opinion on; made up for these tests."""

# Held: bad enough to be looked at by people, not so bad as to be refused.
HELD = "你这个傻逼"
REFUSED = "线上赌场注册送彩金，百家乐真人荷官"
MASKED = "我的手机号是13812345678，有事找我"
EVIDENCE = "傻逼"
HARMLESS = "今晚七点，海心沙见"
