"""珠江夜跑圈"""

from quanzi.demo.post import Post

POSTS = (
    Post(
        "joyrun-editor",
        "10 18:30",
        """\
欢迎来到珠江夜跑圈 🌙

第一次来的朋友先看这里：
1. 发路线请写清楚起点、距离、路面和补水点，方便后来的人照着跑。
2. 夜里跑步，亮色衣服和反光条比配速重要。
3. 江边风大，跑完记得马上加一件衣服。
4. 觉得不舒服就走，没有人会笑你。

常跑的几条线我们会陆续整理出来，带上话题 #江边路线# 就能找到。
愿你在这里跑得慢一点，看得多一点。""",
        "river-night",
        pin=1,
    ),
    Post(
        "laozhou",
        "10 22:05",
        """\
今晚二沙岛顺时针一圈，5.8 公里，用了 38 分钟。
岛上树多车少，路灯是暖黄色的，最适合吃完饭一小时以后慢慢晃。唯一要注意的是拐角那一段树根拱起来了，抬抬脚。

#江边路线# #跑步#""",
        "park-night route-night",
    ),
    Post(
        "anna",
        "9 06:40",
        """\
Couldn't sleep, so I ran before sunrise instead of after sunset. 7 km from the big bridge to the island and back.
The river was completely flat and the only sound was somebody practising the flute under the trees. Does that still count for a *night* run circle? 😄""",
        "river-dawn",
    ),
    Post(
        "aqiang",
        "9 21:50",
        """\
海心沙出发，过猎德大桥到南岸，再从广州大桥绕回来，表上 6.3 公里。
两次上桥，爬升加起来比我一个月爬的楼梯都多。桥上风真大，帽子差点送给珠江。""",
        "bridge-night",
    ),
    Post(
        "kevin",
        "9 22:40",
        """\
第一次跑进 7 分配速，虽然只有 3 公里。
记录一下：没有超过任何人，被一只柯基超了。""",
        "stopwatch-light",
    ),
    Post(
        "joyrun-owner",
        "8 12:00",
        """\
【路线整理 · 第一辑】新手友好的三条江边线

一、二沙岛环岛，约 5.8 公里。平坦，红绿灯少，沿途有三处洗手间，晚上九点以后人会少下来。第一次夜跑，从这里开始最合适。

二、海心沙—猎德大桥—阅江路—广州大桥—海心沙，约 6.3 公里。两次上桥，有坡但不陡，夜景最好看的一段在阅江路。拍照请靠边，后面的人看不清你突然停下。

三、白鹅潭—沙面—沿江路—海珠桥折返，来回约 8 公里。老城的一条线，榕树多，路面有几处旧石板，下过雨会滑。跑完可以在附近吃一碗热的云吞面。

三条线我们都在不同的晚上跑过两遍以上，距离是几块手表的平均数，可能和你的差一两百米。路况会变，发现施工或者封闭，请在圈里说一声，我们会改。

最后照例啰嗦几句：夜跑请把耳机音量调低，或者只戴一边；过路口停下来看车，不抢那几秒钟；手机电量留三成。跑步是很长的事，安全回家才算跑完。

完整的地图放在 https://run.example.com/pearl-river/first ，可以下载到手表里。

#江边路线#""",
        "route-day bridge-day park-day",
        pin=2,
    ),
    Post(
        "xiaolan",
        "8 21:32",
        """\
下过雨的江边，路面像一面镜子。
跑到一半就不想跑了，蹲在栏杆边看了十分钟倒影。这也是夜跑的一部分吧。""",
        "river-night rain-night bridge-night",
    ),
    Post(
        "zaoqi",
        "7 05:58",
        """\
夜跑圈里混进来一个早起的。
同一条路，凌晨六点和晚上九点像是两座城市。早上的江是灰蓝色的，练太极的阿伯会跟每个人点头。""",
        "river-dawn bridge-day hills-sunrise",
    ),
    Post(
        "nanfeng",
        "7 22:18",
        """\
有没有人和我一样，跑步的时候脑子里会自动写完一封根本不会寄出去的信。
今晚 5 公里，写了两封。""",
        "",
    ),
    Post(
        "dazhuang",
        "6 20:45",
        """\
大学城外环一圈，18.2 公里，跑了两个小时出头。
前十公里是我在跑步，后八公里是步在跑我。补给站的大姐送了我一根香蕉，世界上最好吃的香蕉。
#长距离# #跑步#""",
        "route-green track-dusk shoe-blue",
    ),
    Post(
        "newbie",
        "6 22:02",
        """\
新人报到！今天跟着环岛的队伍跑了 3 公里，跑两分钟走一分钟那种。
想问一下大家，跑完小腿外侧发酸正常吗？鞋是三年前买的，是不是该换了？""",
        "",
    ),
    Post(
        "joyrun-editor",
        "5 11:20",
        """\
回答昨天问得最多的问题：鞋什么时候换？

不看年份，看里程和感觉。一般的训练鞋跑到五六百公里，中底就开始变硬；要是跑完总是同一个地方酸，或者鞋底磨得一边高一边低，就别再将就了。

新鞋先走两天再跑，别穿着它直接上长距离。旧鞋可以留着买菜。

#装备小问答#""",
        "shoe-red shoe-green",
    ),
    Post(
        "guangchi",
        "5 23:05",
        """\
夜跑 4 公里，夜宵 2 小时。
今天的路线是：珠江边 → 肠粉 → 糖水 → 珠江边散步消食。配速不重要，肠粉要趁热。""",
        "lunch-wood river-night",
    ),
    Post(
        "anna",
        "4 21:15",
        """\
Small tip for fellow foreigners: the blue distance signs along the south bank are every 500 m, and they count from the old pier, not from the tower. Took me three weeks to find out why my watch was always "wrong".""",
        "",
    ),
    Post(
        "shanshan",
        "4 22:36",
        """\
九宫格存一下这个月跑过的晚上。
有几天下雨，有一天停在桥上看别人放孔明灯形状的风筝，有一天什么都没发生，就是很舒服。
#一个月的晚上#""",
        "river-night bridge-night park-night route-night track-dusk sea-dusk rain-night river-dusk stopwatch-dark",
    ),
    Post(
        "laozhou",
        "3 21:40",
        """\
膝盖休息了五天，今晚回来跑了 3 公里，慢得像散步。
年轻的时候总觉得停下来就会输，现在知道停下来才能一直跑。""",
        "park-night",
    ),
    Post(
        "aqiang",
        "2 22:11",
        """\
提醒：猎德大桥北侧引桥下面在换地砖，人行道窄了一半，晚上灯也暗。
我今晚是下来走过去的，大约两百米，过了就好。
#路况#""",
        "",
    ),
    Post(
        "maomaoyu",
        "2 22:50",
        """\
带我妈来走了一圈江边。她走，我在旁边用她走路的速度“跑”。
四公里，她讲了我小时候的十七件糗事。""",
        "river-dusk",
    ),
    Post(
        "joyrun-owner",
        "1 19:00",
        """\
这周六晚上八点，海心沙集合，环线慢跑 6 公里，配速 7 分左右，全程有人押后，不丢下任何一个人。
不用报名，不收费，穿亮一点就行。下雨就改成下周。
#周末慢跑#""",
        "bridge-dusk",
        pin=3,
    ),
    Post(
        "kevin",
        "1 22:25",
        """\
配速 6 分 50！
那只柯基今天没来。不算赢。""",
        "",
    ),
    Post(
        "xiaolan",
        "95",
        """\
刚跑完回来，头发还是湿的。江边的桂花开了，从二沙岛东头一路香到码头，跑到那一段会不自觉地放慢。
#跑步#""",
        "park-autumn river-dusk",
    ),
    Post(
        "beibei",
        "26",
        """\
有人捡到一只黑色的跑步手套吗，左手，掉在环岛的第二个洗手间附近。右手很想它。""",
        "",
    ),
    Post(
        "joyrun-editor",
        "+1 19:30",
        """\
【路线整理 · 第二辑】适合周末的长一点的线：从白鹅潭一路往东，12 公里和 16 公里两个版本。今晚八点放出地图，先在心里热个身。
#江边路线#""",
        "bridge-dusk route-day",
    ),
    Post(
        "joyrun-owner",
        "+3 07:30",
        """\
早安。入秋以后江边天亮得晚，想把夜跑改成晨跑的朋友，记得还是要带一盏小灯。今天的晨跑小队在海心沙东门见。""",
        "river-dawn",
    ),
)
