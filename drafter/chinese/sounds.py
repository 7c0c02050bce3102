"""The 汉字 that foreign names, and those of some nationalities, are written with."""

#: The most frequent ones of 新华通讯社译名室's transliteration tables and of Uygur and Kazak names; few of them are frequent
#: words.
SOUNDS = (
    "阿艾安奥巴拜邦贝本比宾波勃博卜布查达代戴丹道德登迪蒂丁东杜顿多厄恩尔法菲费芬弗福夫盖甘冈戈格古瓜圭哈海汉豪赫亨霍基吉加迦"
    "贾杰金卡凯坎康科克肯库夸奎拉莱赖兰朗劳勒雷里利莉丽列林留龙隆卢鲁路伦罗洛吕马玛迈曼芒毛梅门蒙米密敏明摩莫默姆木穆纳娜乃奈"
    "南内尼宁纽农努诺欧帕派潘佩彭皮珀普奇齐恰乔切琴日茹萨塞赛桑瑟森沙山尚舍申圣施什史朔舒丝斯思松苏索塔泰坦汤唐特提廷通图托瓦"
    "万威韦维温沃乌伍西希锡夏香谢辛休雅亚延扬耶叶伊依因英尤于约泽扎詹珍芝治朱孜祖热再吾买江力肉别吐"
)
