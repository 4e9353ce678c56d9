// Made by `python -m tools.compile_templates` from web/catalogues/: change those, not this.
const words = '{"actions.done": ["办完了", "Done"],' +
'"actions.due": ["{on}前办完，{by}给的", "by {on}, from {by}"],' +
'"actions.late": ["{on}该办完，{by}给的", "was due {on}, from {by}"],' +
'"actions.title": ["会上说好的", "Agreed at a meeting"],' +
'"blob.say.busy": ["正在存{what}…", "Keeping {what}…"],' +
'"blob.say.full": ["手机满了，{what}没存下。写的字照样存。腾点地方再加。", "This phone is full: {what} was not kept. Your words are kept all the same. Make room and add it again."],' +
'"blob.say.large": ["{what}太大，没加。", "{what} is too large and was not added."],' +
'"blob.say.long": ["{what}超过 1 分钟，没加。", "{what} is longer than a minute and was not added."],' +
'"blob.say.low": ["手机快满了：{what}存下了，再加可能存不下。写的字照样存。", "This phone is almost full: {what} was kept, the next may not be. Your words are kept all the same."],' +
'"blob.say.no_voice": ["没让用话筒，录不了。写下来也行。", "The microphone was not allowed. Writing works as well."],' +
'"blob.say.photos_max": ["一次走访最多 3 张照片，多的没加。", "A visit has 3 photos at most; the rest were not added."],' +
'"blob.say.unreadable": ["{what}打不开，没存下。换一张试试。写的字不受影响。", "{what} could not be opened and was not kept. Try another. Your words are safe."],' +
'"blob.say.voices_max": ["一次走访最多 2 段录音，多的没加。", "A visit has 2 voice notes at most; the rest were not added."],' +
'"blob.wrong.broken": ["文件打不开，没加。写的都还在，请换一个。", "The file cannot be opened. All you wrote is still here; choose another."],' +
'"blob.wrong.full": ["服务器放不下照片了。不带照片，先把文字存下。", "The server has no room for photos. Keep your words without them."],' +
'"blob.wrong.kind": ["这不是能收的照片或录音，没加。写的都还在。", "This is no photo or voice note we can take. All you wrote is still here."],' +
'"blob.wrong.large": ["每个文件最多 2 MB，没加。写的都还在，请换小一点的。", "A file may have 2 MB. All you wrote is still here; choose a smaller one."],' +
'"blob.wrong.many": ["最多 3 张照片、2 段录音。写的都还在，请少选几个。", "3 photos and 2 voice notes at most. All you wrote is still here; choose fewer."],' +
'"blob.wrong.metadata": ["里面写着地点，没加。写的都还在，请换一个。", "It says where it was made. All you wrote is still here; choose another."],' +
'"blob.wrong.pixels": ["照片的边长不能超过 4096，没加。写的都还在，请换一张。", "A photo may have 4096 pixels a side. All you wrote is still here; choose another."],' +
'"care.after_end": ["这时结对已经结束，写的都留着", "the pair was over by then; the words are kept"],' +
'"care.all": ["全部 {n} 个", "all {n}"],' +
'"care.back": ["回到看望", "Back to looking in"],' +
'"care.by": ["{by}看望", "{by} looks in"],' +
'"care.checks": ["看望过", "Looked in on"],' +
'"care.checks_none": ["还没有看望过。", "Nobody has looked in yet."],' +
'"care.due": ["该看望了", "Time to look in"],' +
'"care.due_say": ["该看望 {n} 个人。", "Time to look in on {n}."],' +
'"care.emergency": ["紧急电话", "Emergency numbers"],' +
'"care.ended": ["结对已经结束，写了也会留着", "The pair is over; what you write is kept all the same"],' +
'"care.last": ["{n} 天前看望过", "looked in on {n} days ago"],' +
'"care.later": ["看望过，还不到时候", "Looked in on, not yet due"],' +
'"care.major": ["家里有大变化，24 小时内去看", "something has changed: look in within 24 hours"],' +
'"care.never": ["还没看望过", "not looked in on yet"],' +
'"care.none": ["还没有结对的人。", "Nobody to look in on yet."],' +
'"care.none_then": ["站里结对以后，会到这里来。", "Pairs made at the station will come here."],' +
'"care.others": ["别人看望的", "Others look in on"],' +
'"care.saved": ["记下了：{state}", "Kept: {state}"],' +
'"care.title": ["看望", "Looking in"],' +
'"care.today": ["今天看望过", "looked in on today"],' +
'"care.undo": ["撤回", "Take back"],' +
'"care.undone": ["撤回了，不算数", "taken back: it does not count"],' +
'"care.urgent": ["要紧", "Urgent"],' +
'"care.way": ["怎么看望的", "How"],' +
'"care.well": ["都看望过了。", "All are looked in on."],' +
'"care.words": ["还想说什么", "Anything to add"],' +
'"care.words_how": ["可不写", "optional"],' +
'"carry.aside": ["先收着 {n} 条，等站长看", {"one": "{n} kept aside for the station", "other": "{n} kept aside for the station"}],' +
'"carry.drop": ["从这里拿掉", "Remove from here"],' +
'"carry.file": ["随身包文件", "Take-along file"],' +
'"carry.file_name": ["四访-{name}-{day}-{n}条", "Sifang-{name}-{day}-{n}"],' +
'"carry.fork": ["这部手机和另一部手机用了同一份记录：两边都留着，等站长看", "This phone and another one used the same history: both are kept for the station to see"],' +
'"carry.fresh": ["新收下 {n} 条", {"one": "{n} new record", "other": "{n} new records"}],' +
'"carry.full": ["手机满了，没收下。腾一点地方再试，文件还在原处。", "This phone is full, so it was not kept. Make some room and try again; the file is still where it was."],' +
'"carry.how": ["随身包封好了，只有服务器能打开。谁写的还是谁写的，送两遍也不会重复。", "The file is sealed: only the server can open it. It stays theirs, and sending it twice changes nothing."],' +
'"carry.keep": ["收下", "Keep it"],' +
'"carry.kept": ["收在手机里的", "Kept on this phone"],' +
'"carry.known": ["早就有了 {n} 条", {"one": "{n} that was there already", "other": "{n} that were there already"}],' +
'"carry.link": ["替同事带随身包", "Carry a colleague\'s take-along file"],' +
'"carry.none": ["还没选文件。", "No file chosen yet."],' +
'"carry.not_capsule": ["这个文件不是随身包，或者没传完整。", "This is not a take-along file, or it did not come whole."],' +
'"carry.problem.bad_signature": ["这份随身包在路上被改过，服务器没收。请同事再存一份。", "This file was changed on its way, so the server did not take it. Ask your colleague for another."],' +
'"carry.problem.chain_gap": ["还缺同事更早写的几条。请把他更早存的随身包也带来，这份先留着，会再试。", "Some earlier records are missing. Bring your colleague\'s earlier file too; this one is kept and tried again."],' +
'"carry.problem.not_capsule": ["服务器说这不是随身包，或者没传完整。请同事再存一份。", "The server says this is not a take-along file, or not whole. Ask your colleague for another."],' +
'"carry.problem.not_sealed_to_us": ["这是给别的服务器的随身包，这里打不开。", "This file is for another server; it cannot be opened here."],' +
'"carry.problem.other": ["服务器没收下这份。请同事再存一份，他手机里的还在。", "The server did not take it. Ask your colleague for another; theirs is still on their phone."],' +
'"carry.problem.unknown_device": ["服务器不认得存这份的手机。请同事拿手机找站长登记。", "The server does not know the phone it comes from. Your colleague should show it to the station."],' +
'"carry.say": ["同事的手机没信号？把他的随身包收进这部手机，有信号时一起送。", "A colleague has no signal? Take their file onto this phone; it goes along when you have signal."],' +
'"carry.say_server": ["同事的手机没信号？把他的随身包从这里送到服务器。", "A colleague has no signal? Send their take-along file to the server from here."],' +
'"carry.send": ["送到服务器", "Send to the server"],' +
'"carry.sent": ["{at} 送到了", "arrived {at}"],' +
'"carry.share": ["发给同事", "Send to a colleague"],' +
'"carry.share_none": ["这次没发出去。可以点“带走一份”存成文件。", "It was not sent this time. You can save it with “Take a copy along”."],' +
'"carry.since": ["{at} 收下", "kept {at}"],' +
'"carry.take": ["几天没信号？", "No signal for days?"],' +
'"carry.take_one": ["带走一份", "Take a copy along"],' +
'"carry.take_say": ["把没送出的存成一个文件，交给有信号的同事或站里。别人打不开，手机里的也还留着。", "Save what is unsent as one file, and give it to a colleague with signal or to the station. Nobody else can open it, and it stays on this phone too."],' +
'"carry.title": ["替同事带", "Carry for a colleague"],' +
'"carry.too_large": ["这个文件太大，不是随身包。", "This file is too large to be a take-along file."],' +
'"carry.too_old": ["这部手机的浏览器太旧，存不成随身包。更新浏览器就能存；写的都在手机里，没丢。", "This phone\'s browser is too old to make the file. Update it and it will work; what you wrote is safe on the phone."],' +
'"carry.waits": ["收好了，等信号。有信号自己会送。", "Kept. It goes by itself once there is signal."],' +
'"elder.answer": ["{by}回您的话：", "{by} answers:"],' +
'"elder.app": ["长辈版", "Large and simple"],' +
'"elder.call": ["打电话", "Call"],' +
'"elder.call.110": ["报警", "Police"],' +
'"elder.call.119": ["着火，救人", "Fire, rescue"],' +
'"elder.call.120": ["急病，受伤", "Ill or hurt"],' +
'"elder.call_danger": ["有危险，马上打", "In danger, call at once"],' +
'"elder.call_how": ["找人帮忙", "Ask for help"],' +
'"elder.call_none": ["社区还没有留电话。有急事打下面的号码。", "The community has left no number yet. If it is urgent, call a number below."],' +
'"elder.check.ok": ["都好", "All well"],' +
'"elder.check.urgent": ["急，要人帮忙", "Urgent, needs help"],' +
'"elder.check.watch": ["有点担心", "A little worried"],' +
'"elder.check_ask": ["看过了，怎么样？", "How were they?"],' +
'"elder.check_text": ["还想说一句（不写也行）", "Anything to add? (not needed)"],' +
'"elder.due": ["该去了", "Time to go"],' +
'"elder.hello.afternoon": ["{name}，下午好", "Good afternoon, {name}"],' +
'"elder.hello.evening": ["{name}，晚上好", "Good evening, {name}"],' +
'"elder.hello.morning": ["{name}，上午好", "Good morning, {name}"],' +
'"elder.hello.noon": ["{name}，中午好", "Good day, {name}"],' +
'"elder.home": ["回到首页", "Back to the start"],' +
'"elder.install": ["放到手机桌面", "Put it on the home screen"],' +
'"elder.install_android": ["要是没有这个按钮：打开浏览器的菜单（三个点），按“添加到主屏幕”。", "If there is no such button: open the browser\'s menu (three dots) and press “Add to home screen”."],' +
'"elder.install_iphone": ["苹果手机", "On an iPhone"],' +
'"elder.install_iphone_say": ["苹果手机放一个就够：按下面的分享（方框和向上的箭头），再按“添加到主屏幕”。请网格员帮您放，放好以后从图标里再扫一次码。", "One is enough: press Share (a square with an arrow up), then “Add to Home Screen”. Ask your grid worker to help, and scan the code once more from there."],' +
'"elder.install_put": ["把“{what}”放到桌面", "Put “{what}” on the home screen"],' +
'"elder.install_say": ["放到桌面以后，点一下图标就打开，不用找。", "Then one press on its picture opens it."],' +
'"elder.install_which": ["想放哪一个？", "Which one?"],' +
'"elder.mine": ["我的", "Mine"],' +
'"elder.mine_blob_waits": ["还在手机里，有网自己会送", "still on the phone, it goes by itself"],' +
'"elder.mine_check": ["看望{name}", "Looked in on {name}"],' +
'"elder.mine_how": ["报过的都在这", "All you sent"],' +
'"elder.mine_none": ["还没有报过。报了什么、看望了谁，都会在这里。", "Nothing yet. What you report and whom you look in on will be here."],' +
'"elder.mine_photo": ["{n} 张照片", {"one": "{n} photo", "other": "{n} photos"}],' +
'"elder.mine_voice": ["{n} 段录音", {"one": "{n} recording", "other": "{n} recordings"}],' +
'"elder.missing": ["这里没有东西", "There is nothing here"],' +
'"elder.missing_then": ["没关系，按“回到首页”就好。", "No harm done. Press “Back to the start”."],' +
'"elder.nobody_named": ["这一户", "This home"],' +
'"elder.offline": ["没有网也能用。", "This works without a signal. "],' +
'"elder.other_lang": ["en", "zh"],' +
'"elder.other_lang_word": ["English", "中文"],' +
'"elder.photo": ["拍照", "Take a photo"],' +
'"elder.photos_max": ["最多 3 张照片，多的没加。", "At most 3 photos. The rest was not added."],' +
'"elder.read": ["念给我听", "Read to me"],' +
'"elder.read_stop": ["别念了", "Stop reading"],' +
'"elder.report": ["报问题", "Report"],' +
'"elder.report_how": ["拍照，说话", "A photo, a few words"],' +
'"elder.report_more": ["再报一个", "Report another"],' +
'"elder.report_say": ["拍张照、说一段话或写几个字，有一样就行。", "Take a photo, say it or write it. One of them is enough."],' +
'"elder.seen_days": ["上次 {n} 天前看过", {"one": "Last {n} day ago", "other": "Last {n} days ago"}],' +
'"elder.seen_never": ["还没看望过", "Not looked in on yet"],' +
'"elder.seen_today": ["今天看过", "Looked in on today"],' +
'"elder.send": ["送出", "Send"],' +
'"elder.sent": ["收好了", "It is kept"],' +
'"elder.sent_check": ["记好了：{name}，{how}", "Kept: {name}, {how}"],' +
'"elder.size": ["字的大小", "Size of the letters"],' +
'"elder.size.1": ["大", "Large"],' +
'"elder.size.2": ["更大", "Larger"],' +
'"elder.size.3": ["最大", "Largest"],' +
'"elder.state.phone": ["已存手机，等着送", "Kept on the phone, to be sent"],' +
'"elder.state.server": ["已送到", "Arrived"],' +
'"elder.state.withdrawn": ["您收回了", "You took it back"],' +
'"elder.state_sent": ["已经送到社区了。", "It has reached the community."],' +
'"elder.state_unsent": ["存在手机里了。有网自己会送，不用管它。", "It is on your phone and goes by itself when there is a signal."],' +
'"elder.task.call": ["打电话", "Call"],' +
'"elder.task.home": ["四个都在的首页", "The start, with all four"],' +
'"elder.task.report": ["报问题", "Report"],' +
'"elder.task.visits": ["看望", "Look in"],' +
'"elder.undo": ["不对，收回", "No, take it back"],' +
'"elder.undo_left": ["按错了？还能收回的秒数：", "Pressed by mistake? Seconds left to take it back:"],' +
'"elder.urgent": ["急事，先打电话", "Urgent: call first"],' +
'"elder.urgent_then": ["记下来了，可是送到要时间。现在就打：", "It is written down, but takes time to arrive. Call now:"],' +
'"elder.visit_more": ["看望下一位", "Look in on the next"],' +
'"elder.visits": ["看望", "Look in"],' +
'"elder.visits_due": ["{n} 位该去了", {"one": "{n} is due", "other": "{n} are due"}],' +
'"elder.visits_how": ["去看看邻居", "See how a neighbour is"],' +
'"elder.visits_none": ["现在没有人要您去看望。社区排了，会在这里。", "Nobody to look in on now. When the community asks you to, it is here."],' +
'"elder.voice": ["说话", "Speak"],' +
'"elder.voice_stop": ["说完了，按这里（{s} 秒）", "Done? Press here ({s} s)"],' +
'"elder.voices_max": ["最多 2 段录音，多的没加。", "At most 2 recordings. The rest was not added."],' +
'"elder.waiting": ["{n} 条等着送。", {"one": "{n} waits to be sent.", "other": "{n} wait to be sent."}],' +
'"elder.withdrawn": ["收回了", "Taken back"],' +
'"elder.withdrawn_then": ["这一条不算了，不用管它。", "This one does not count. Nothing more to do."],' +
'"elder.words": ["写几个字", "Write a few words"],' +
'"emergency.110": ["报警", "police"],' +
'"emergency.119": ["火警", "fire"],' +
'"emergency.120": ["急救", "ambulance"],' +
'"emergency.after": ["打完电话再补记，写的会作为事后记录。", "Call, then write it down: it is kept as an after-record."],' +
'"emergency.duty": ["值班电话", "duty phone"],' +
'"emergency.no_duty": ["值班电话还没有设。请站里在服务器上设好。", "No duty number is set yet. Ask the station to set it on the server."],' +
'"emergency.numbers": ["要打的电话", "Numbers to call"],' +
'"emergency.say": ["有危险先打电话。没有网也打得通。", "In danger, call first. It works without data."],' +
'"emergency.write": ["补记一句", "Write it down"],' +
'"emergency.written": ["您写的已经存在手机上，有信号就送到站里。先打电话。", "What you wrote is on this phone and goes to the station with the next signal. Call first."],' +
'"erase.after.backups": ["清除以前做的备份里还有原文：请管服务器的人另做新备份，销毁旧的。", "Backups from before still hold the words: have a new one made and the old ones destroyed."],' +
'"erase.after.phones": ["手机上的，下次联网时清掉。一直不联网的手机，到“手机”页停用。", "Phones clear their copies when they are next online. Put a phone out of use that never is."],' +
'"erase.back.boards": ["回楼栋", "Back to the buildings"],' +
'"erase.back.household": ["回这一户", "Back to the home"],' +
'"erase.back.visit": ["回这次走访", "Back to the visit"],' +
'"erase.by": ["{by} 于 {when} 清除，原因：{why}。", "Erased by {by}, {when}. Reason: {why}."],' +
'"erase.done": ["清除了，已记进日志。", "Erased, and written down."],' +
'"erase.existed": ["有过记录，已经清除", "It existed, and was erased"],' +
'"erase.go": ["清除，不能撤销", "Erase, no undo"],' +
'"erase.goes": ["会没有的", "What goes"],' +
'"erase.goes.blobs": [{"one": "照片和录音 {n} 个。", "other": "照片和录音 {n} 个。"}, {"one": "{n} photo or voice note.", "other": "{n} photos and voice notes."}],' +
'"erase.goes.household": [{"one": "这一户的联系人、电话、人数和备注，连同改掉的旧内容：总共 {n} 条记录。", "other": "这一户的联系人、电话、人数和备注，连同改掉的旧内容：总共 {n} 条记录。"}, {"one": "The home\'s contact, phone, headcount and note, with every older value: {n} record in all.", "other": "The home\'s contact, phone, headcount and note, with every older value: {n} records in all."}],' +
'"erase.goes.phones": ["网格员手机上的也会没有，写了一半没发的也一样：手机下次联网时清掉。", "The copies on workers\' phones, half-written forms too: each phone clears them when it is next online."],' +
'"erase.goes.resident": [{"one": "这个人的称呼、出生年、电话、备注和标签，连同改掉的旧内容：共 {n} 条记录。", "other": "这个人的称呼、出生年、电话、备注和标签，连同改掉的旧内容：共 {n} 条记录。"}, {"one": "This person\'s name, year of birth, phone, note and tags, with every older value: {n} record.", "other": "This person\'s name, year of birth, phone, note and tags, with every older value: {n} records."}],' +
'"erase.goes.residents": [{"one": "家里 {n} 个人的全部记录。", "other": "家里 {n} 个人的全部记录。"}, {"one": "All that is kept of {n} person who lives here.", "other": "All that is kept of {n} people who live here."}],' +
'"erase.goes.visit": [{"one": "这次走访写下的每一句话，更正过的每一稿：共 {n} 条记录。", "other": "这次走访写下的每一句话，更正过的每一稿：共 {n} 条记录。"}, {"one": "Every word of this visit, in every version: {n} record.", "other": "Every word of this visit, in every version: {n} records."}],' +
'"erase.goes.visits": [{"one": "这一户的 {n} 次走访。", "other": "这一户的 {n} 次走访。"}, {"one": "{n} visit to this home.", "other": "{n} visits to this home."}],' +
'"erase.leave": ["不清除", "Keep it"],' +
'"erase.link.household": ["清除这一户", "Erase this home"],' +
'"erase.link.resident": ["清除这个人", "Erase this person"],' +
'"erase.link.visit": ["清除这次走访", "Erase this visit"],' +
'"erase.no_undo": ["清除以后找不回来，谁也撤销不了。", "What is erased cannot be brought back, by nobody."],' +
'"erase.recorded": ["清除会记进日志：您的名字、时间、原因的类别。不记清掉的内容。", "It is written down that you erased it, when, and the kind of reason; nothing of what it was."],' +
'"erase.say.household": ["清除这一户的记录", "Erase what is kept of this home"],' +
'"erase.say.named": ["清除{name}的记录", "Erase what is kept of {name}"],' +
'"erase.say.resident": ["清除这个人的记录", "Erase what is kept of this person"],' +
'"erase.say.visit": ["清除这次走访", "Erase this visit"],' +
'"erase.stays": ["会留下的", "What stays"],' +
'"erase.stays.door": ["门牌（{door}）：以后还能来走访。", "The door ({door}): it can be visited again."],' +
'"erase.stays.headers": [{"one": "有过 {n} 条记录：哪天、谁写的，不带一个字的内容。每条的校验码也留着，证明确有其事、没人偷改；从校验码猜不回内容。", "other": "有过 {n} 条记录：哪天、谁写的，不带一个字的内容。每条的校验码也留着，证明确有其事、没人偷改；从校验码猜不回内容。"}, {"one": "That there was {n} record: when and by whom, without a word of it. Its checksum stays too: it proves that the record existed and nobody changed it, and gives nothing away.", "other": "That there were {n} records: when and by whom, without a word of them. Their checksums stay too: they prove that the records existed and nobody changed them, and give nothing away."}],' +
'"erase.stays.home": ["这一户的联系人、电话和备注，哪怕写的就是这个人。要一起清，就清这一户。", "The home\'s contact, phone and note, even where they are this person\'s. To erase them too, erase the home."],' +
'"erase.stays.outside": ["以前的备份、导出的表、打印的纸：这里管不到。备份恢复时会先再清一遍。", "Earlier backups, exported lists and paper: they are out of reach here. A backup that is restored is erased again first."],' +
'"erase.stays.see": ["看这一户的走访", "See the visits"],' +
'"erase.stays.this": ["谁清除的、什么时候、哪一类原因。", "Who erased it, when, and which kind of reason."],' +
'"erase.stays.visits": [{"one": "这一户的 {n} 次走访里写到这个人的话。要清，到那次走访的页面去清。", "other": "这一户的 {n} 次走访里写到这个人的话。要清，到那次走访的页面去清。"}, {"one": "What {n} visit to this home says of them. To erase that, open the visit.", "other": "What {n} visits to this home say of them. To erase that, open the visit."}],' +
'"erase.sure": ["真要清除，在这里写“{word}”", "To erase it, write “{word}” here"],' +
'"erase.title": ["清除", "Erase"],' +
'"erase.why": ["为什么清除", "Why it is erased"],' +
'"erase.why.asked": ["本人或家里人要求", "They or their family ask for it"],' +
'"erase.why.died": ["人已经过世", "They have died"],' +
'"erase.why.not_allowed": ["本来就不该记", "It should never have been kept"],' +
'"erase.why.not_needed": ["已经用不着了", "Nobody needs it any more"],' +
'"erase.why.other": ["别的原因", "Another reason"],' +
'"erase.why.wrong_person": ["记到别人名下了", "It is about somebody else"],' +
'"erase.word": ["清除", "erase"],' +
'"erase.wrong.sure": ["写“{word}”两个字，才会清除。", "Write “{word}”, then it is erased."],' +
'"erase.wrong.why": ["选一个原因。", "Choose a reason."],' +
'"facts.apart": ["不住这里的", "Live elsewhere"],' +
'"facts.asked": ["等定", "not decided yet"],' +
'"facts.changed": ["{by} {at} 改的。", "{by} changed this, {at}."],' +
'"facts.dead": ["已去世的", "Have died"],' +
'"facts.deceased_note": ["人已去世？记下来", "Has this person died? Note it"],' +
'"facts.emptied": ["房子改成空房", "Write the home down as empty"],' +
'"facts.emptied_ask": ["房子改成空房，请网格长定", "Write the home down as empty, for the leader to decide"],' +
'"facts.leaving": ["有人说“{tag}”该去掉", "Somebody says “{tag}” should go"],' +
'"facts.proposed.deceased": ["{by}说已去世", "{by} says they have died"],' +
'"facts.proposed.lives_here": ["{by}说已搬走", "{by} says they moved out"],' +
'"facts.proposed.occupancy": ["{by}说这户搬空了", "{by} says nobody lives here any more"],' +
'"facts.proposed.tag": ["{by}说“{tag}”该去掉", "{by} says “{tag}” should go"],' +
'"facts.proposed_you.deceased": ["您说已去世", "You say they have died"],' +
'"facts.proposed_you.lives_here": ["您说已搬走", "You say they moved out"],' +
'"facts.proposed_you.occupancy": ["您说这户搬空了", "You say nobody lives here any more"],' +
'"facts.proposed_you.tag": ["您说“{tag}”该去掉", "You say “{tag}” should go"],' +
'"facts.saw": ["当时看到的是 ", "had seen "],' +
'"facts.saw_nothing": ["当时没看到别的写法", "had seen no other value"],' +
'"facts.settled": ["{by} {at} 定的，原来有 {n} 种写法。", "{by} settled this, {at}; there had been {n} values."],' +
'"facts.stands": ["现在按这个算", "counts for now"],' +
'"facts.tag_given": ["“{tag}”记上了。", "“{tag}” is noted."],' +
'"facts.tag_gone": ["“{tag}”去掉了。", "“{tag}” was taken off."],' +
'"facts.tag_keep": ["留着", "Keep"],' +
'"facts.tag_kept": ["“{tag}”留着。", "“{tag}” stays."],' +
'"facts.tag_off": ["去掉", "Take off"],' +
'"facts.take_back": ["收回这句", "Take this back"],' +
'"facts.undo": ["撤回", "Undo"],' +
'"facts.waits": ["等网格长定", "the grid leader decides"],' +
'"facts.waits_you": ["等您定", "you decide"],' +
'"facts.written": ["{at} 写的", "written {at}"],' +
'"facts.wrote": ["{by} {at} 写的", "{by} wrote this, {at}"],' +
'"field.add.building": ["在哪栋", "Building"],' +
'"field.add.contact_hint": ["姓加称呼，如陈奶奶", "surname and title"],' +
'"field.add.entrance": ["单元", "Entrance"],' +
'"field.add.floor": ["楼层", "Floor"],' +
'"field.add.hint": ["平房和店可以只写门号；地下室楼层写 -1。", "A bungalow or a shop needs only its number; a basement is floor -1."],' +
'"field.add.kind": ["是什么", "What is it"],' +
'"field.add.known": ["知道多少写多少", "Write what you know"],' +
'"field.add.open": ["打开这一户", "Open it"],' +
'"field.add.room": ["门号", "Number"],' +
'"field.add.row.bungalows": ["{grid} · 平房（还没有，一起加上）", "{grid} · Bungalows (new, added with this door)"],' +
'"field.add.row.shops": ["{grid} · 商铺（还没有，一起加上）", "{grid} · Shops (new, added with this door)"],' +
'"field.add.save": ["加上这扇门", "Add this door"],' +
'"field.add.there": ["{door} 已经有了。", "{door} is already there."],' +
'"field.add.title": ["加一扇门", "Add a door"],' +
'"field.arriving.bar": ["下载到哪了", "How far the download has come"],' +
'"field.arriving.part": ["网格的资料正在下来，{n} 份到了 {done} 份。到了的现在就能用。", {"one": "The grid is arriving: {done} of {n} part. What is here can be used now.", "other": "The grid is arriving: {done} of {n} parts. What is here can be used now."}],' +
'"field.arriving.say": ["资料还在路上。", "Your grid is on its way."],' +
'"field.arriving.then": ["第一栋楼到了，就能从这里打开。可以先把手机放进口袋。", "You can begin as soon as the first building is here. The phone may go in your pocket meanwhile."],' +
'"field.arriving.title": ["正在下载", "Arriving"],' +
'"field.back_board": ["回到{building}", "Back to {building}"],' +
'"field.back_doors": ["回到楼栋", "Back to the doors"],' +
'"field.back_home": ["回到这一户", "Back to this home"],' +
'"field.back_today": ["回到今天", "Back to Today"],' +
'"field.care.urgent": ["关爱，要紧", "care: urgent"],' +
'"field.care.watch": ["关爱，要留意", "care: keep an eye"],' +
'"field.doors.add": ["少一扇门？加上", "A door is missing? Add it"],' +
'"field.doors.add_on": ["有一扇门写到一半，接着写", "A door is half written. Go on"],' +
'"field.doors.bungalows": ["平房", "Bungalows"],' +
'"field.doors.empty": ["这栋楼还没有门。", "This building has no doors yet."],' +
'"field.doors.empty_arriving": ["这栋楼的门正在下来。", "The doors of this building are arriving."],' +
'"field.doors.legend": ["图例", "Legend"],' +
'"field.doors.loose": ["没写楼层的门", "Doors without a floor"],' +
'"field.doors.none": ["这里还没有楼。", "There are no buildings here yet."],' +
'"field.doors.porch": ["到哪个单元", "Go to an entrance"],' +
'"field.doors.shops": ["店", "Shops"],' +
'"field.doors.step_1": ["30 天内", "≤ 30 days"],' +
'"field.doors.step_2": ["31–60 天", "31–60"],' +
'"field.doors.step_3": ["61–90 天", "61–90"],' +
'"field.doors.step_4": ["更久或没见", "> 90, none"],' +
'"field.doors.strip": ["{n} 户，{due} 户该去了", {"one": "{n} home, {due} due", "other": "{n} homes, {due} due"}],' +
'"field.doors.sum": ["{n} 户，{recent} 户一个月内有人应过。", {"one": "{n} home, {recent} answered within a month.", "other": "{n} homes, {recent} answered within a month."}],' +
'"field.doors.sum_due": ["{n} 户该去了。", "{n} due."],' +
'"field.doors.switch": ["换一栋楼", "Other buildings"],' +
'"field.easier.back": ["回到刚才那一页", "Back to the page before"],' +
'"field.easier.kept": ["建议记下了。", "Suggestion kept."],' +
'"field.easier.label": ["这一页，怎样更省事？", "How could this page be easier?"],' +
'"field.easier.leave": ["不写了", "Leave it"],' +
'"field.easier.link": ["这一页能不能更省事？", "Could this page be easier?"],' +
'"field.easier.save": ["记下", "Keep"],' +
'"field.easier.say": ["写一句就行，站里会看到。不用写谁家的事。", "One sentence is enough; the station reads it. Leave out whose home it was."],' +
'"field.easier.title": ["哪里能更省事", "What could be easier"],' +
'"field.error.not_kept": ["这些没存下，写的都还在这一页上。再点一次存下。", "This was not saved. What you wrote is still on this page; save it again."],' +
'"field.error.phone_full": ["手机存满了，这些还没存下。删掉些照片或视频，再点一次存下；先别关这一页。", "This phone is full, and this is not saved yet. Delete some photos or videos, then save again; keep this page open."],' +
'"field.error.some": [{"one": "有一处要看一下，写的都还在。", "other": "有 {n} 处要看一下，写的都还在。"}, {"one": "One thing needs a look. All you wrote is still here.", "other": "{n} things need a look. All you wrote is still here."}],' +
'"field.fact.choose": ["选这个", "Choose"],' +
'"field.fact.edit": ["改{fact}", "Change: {fact}"],' +
'"field.fact.headcount_n": ["{count} 人", "{count}"],' +
'"field.fact.same": ["没变", "Same"],' +
'"field.fact.two": ["{fact}有两种写法，都没错，选一个", "{fact}: two values, neither is wrong. Choose one"],' +
'"field.fact.unknown": ["没写", "not known"],' +
'"field.facts": ["资料", "Facts"],' +
'"field.find.count": ["{n} 户有“{q}”", {"one": "{n} home with “{q}”", "other": "{n} homes with “{q}”"}],' +
'"field.find.hint": ["门号、称呼，或记过的话", "Number, name or note"],' +
'"field.find.label": ["找门", "Find a door"],' +
'"field.find.more": ["还有 {n} 户，再多写一个字。", {"one": "{n} more. Type a little more.", "other": "{n} more. Type a little more."}],' +
'"field.find.none": ["没找到“{q}”。换个说法，或只写门号。", "Nothing with “{q}”. Try other words, or the number alone."],' +
'"field.half": ["写到一半的：", "Half written:"],' +
'"field.half.correction": ["{door} 改走访", "{door} correction"],' +
'"field.half.door": ["加一扇门", "New door"],' +
'"field.half.door_at": ["{door}加一扇门", "{door}, new door"],' +
'"field.half.fact": ["{door} 资料", "{door} facts"],' +
'"field.half.note": ["“{door}”", "“{door}”"],' +
'"field.half.patrol": ["巡查记的一条", "A patrol note"],' +
'"field.half.resident": ["{door} 加人", "{door} new person"],' +
'"field.half.suggestion": ["一句建议", "Suggestion"],' +
'"field.half.visit": ["{door}", "{door}"],' +
'"field.holds_nothing": ["这部手机里没有网格的资料，没信号时用不了。请站里给一个新链接或二维码，打开一次就好。", "This phone holds no grid, so it cannot work without signal. Ask your station for a new link or QR code and open it once."],' +
'"field.home_of": ["{name}家", "{name}"],' +
'"field.household": ["这一户", "Household"],' +
'"field.leave": ["不改了", "Leave it"],' +
'"field.leave_new": ["不加了", "Do not add"],' +
'"field.met.days": ["上次有人应是 {n} 天前。", {"one": "Somebody last answered {n} day ago.", "other": "Somebody last answered {n} days ago."}],' +
'"field.met.knocked": ["{on}敲过，{result}。", "Knocked {on}: {result}."],' +
'"field.met.knocked_today": ["今天敲过，{result}。", "Knocked today: {result}."],' +
'"field.met.never": ["还没见到人。", "Nobody met yet."],' +
'"field.met.today": ["今天有人应过。", "Somebody answered today."],' +
'"field.missing.find": ["去楼栋里找", "Look among the doors"],' +
'"field.missing.moved": ["您的网格里没有这一户。", "This door is not in your grid."],' +
'"field.missing.moved_then": ["可能已划给别的网格。送到过的都还在。", "It may have moved to another grid. What arrived before is still there."],' +
'"field.missing.page": ["没有这一页。", "There is no such page."],' +
'"field.missing.page_then": ["地址可能写错了。写过的都还在。", "The address may be mistyped. What you wrote is still here."],' +
'"field.missing.say": ["手机里没有这一户。", "This door is not on the phone."],' +
'"field.missing.then": ["可能还没下载到，也可能已划给别的网格。写过的都还在。", "It may not have arrived yet, or it moved to another grid. What you wrote is still here."],' +
'"field.missing.title": ["没有这一页", "Not here"],' +
'"field.missing.untaken": ["可能已划给别的网格。刚才写的没有记下，都在下面，要紧的请抄给站长。", "It may have moved to another grid. What you just wrote was not recorded: it stands below. Please pass on to your station master what matters."],' +
'"field.more.downloaded": ["上次下载", "Last download"],' +
'"field.more.downloaded_never": ["还没有", "not yet"],' +
'"field.more.grid": ["网格", "Grid"],' +
'"field.more.kept": ["浏览器答应不清掉", "the browser promised to keep it"],' +
'"field.more.label": ["型号", "Model"],' +
'"field.more.language": ["语言", "Language"],' +
'"field.more.not_kept": ["手机很满时浏览器可能清掉，请常连网送出", "when the phone is full the browser may clear it: connect often"],' +
'"field.more.phone": ["这部手机", "This phone"],' +
'"field.more.phone_of": ["{name}的手机", "{name}’s phone"],' +
'"field.more.station": ["找站里", "Reach the station"],' +
'"field.more.station_say": ["手机丢了、换了，或送不上去，找站长当面处理。写过的别删，站里能取出来。", "Lost or changed the phone, or nothing gets through? See the station master. Delete nothing, the station can recover it."],' +
'"field.more.storage": ["占地方", "Space"],' +
'"field.more.used": ["{used} {unit}", "{used} {unit}"],' +
'"field.more.used_of": ["用了 {used} {unit}，还能放 {free} {free_unit}", "{used} {unit} used, {free} {free_unit} free"],' +
'"field.more.version": ["版本", "Version"],' +
'"field.more.waiting": ["新版本到了。", "A new version is here."],' +
'"field.more.waiting_say": ["写到一半的和没上传的都会留着。", "What is half written or not sent stays."],' +
'"field.more.waiting_short": ["有新版本", "New version"],' +
'"field.more.waiting_take": ["换成新的", "Use it now"],' +
'"field.notes": ["我写的", "What I wrote"],' +
'"field.notes.elsewhere": ["已不在这里的一户", "a home that is not here any more"],' +
'"field.notes.keep": ["里面有居民的话，请收好。手机里没有的早先的走访，站里还有。", "It holds what residents said: keep it safe. Earlier visits that this phone does not hold are at the station."],' +
'"field.notes.made": ["{when} 取出，{n} 次。", "Taken out {when}: {n}."],' +
'"field.notes.none": ["还没有写过走访。", "No visits written yet."],' +
'"field.notes.say": ["您自己写的走访，可以存成一个文件，没有网也行。里面有居民的话，存好、别外传。", "Your own visits as a file to keep, also without a signal. It holds what residents said: keep it to yourself."],' +
'"field.notes.take": ["存下我写的走访", "Save the visits I wrote"],' +
'"field.notes.title": ["{name}写的走访", "Visits written by {name}"],' +
'"field.outgoing.before": ["{n} 条未上传，最早 {at}", "{n} not sent, since {at}"],' +
'"field.outgoing.none": ["都送到了", "All sent"],' +
'"field.outgoing.today": ["{n} 条未上传，最早 {at}", "{n} not sent, since {at}"],' +
'"field.people": ["住的人", "People"],' +
'"field.people.add": ["加一个人", "Add a person"],' +
'"field.people.add_on": ["加人写到一半，接着写", "Half written, go on"],' +
'"field.people.born": ["{year} 年生", "born {year}"],' +
'"field.people.call": ["打给{name}", "Call {name}"],' +
'"field.people.edit": ["改{name}的资料", "Change {name}"],' +
'"field.people.elsewhere": ["不同住", "lives elsewhere"],' +
'"field.people.name_hint": ["陈奶奶、马师傅", "Auntie Chen"],' +
'"field.people.none": ["还没登记人。", "Nobody is written down yet."],' +
'"field.people.relation_hint": ["本人、女儿、租户", "self, daughter, tenant"],' +
'"field.people.save": ["加上这个人", "Add this person"],' +
'"field.people.unnamed": ["没写称呼", "No name yet"],' +
'"field.pick.board": ["在楼上找", "Find on the board"],' +
'"field.pick.due": ["该去的", "Due"],' +
'"field.pick.recent": ["刚去过的", "Just visited"],' +
'"field.pick.title": ["给哪户记？", "Which door?"],' +
'"field.promise.ahead": ["约好 {on}再来", "promised for {on}"],' +
'"field.promise.passed": ["约好 {on}，过了", "promised for {on}, passed"],' +
'"field.promise.today": ["约好今天再来", "promised for today"],' +
'"field.reports": ["邻居报来的", "From neighbours"],' +
'"field.restricted": ["还有要先说明原因才能看的，联网打开", "More to see once you say why (needs a signal)"],' +
'"field.save": ["存下", "Keep"],' +
'"field.tab.doors": ["楼栋", "Doors"],' +
'"field.tab.more": ["更多", "More"],' +
'"field.tab.outbox": ["待上传", "To send"],' +
'"field.tab.outbox_n": ["待上传 {n}", "To send {n}"],' +
'"field.tab.today": ["今天", "Today"],' +
'"field.tags": ["要多照看的", "Needs a closer eye"],' +
'"field.tags.edit": ["改", "Change"],' +
'"field.tags.hint": ["可以不选", "optional"],' +
'"field.tags.none": ["没有记。", "None noted."],' +
'"field.today.all": ["全部 {n} 户", "All {n}"],' +
'"field.today.done": ["今天去过", "Done today"],' +
'"field.today.due_going": ["今天该敲 {n} 户，", {"one": "{n} door to knock on today.", "other": "{n} doors to knock on today."}],' +
'"field.today.due_start": ["今天该敲 {n} 户。", {"one": "{n} door to knock on today.", "other": "{n} doors to knock on today."}],' +
'"field.today.empty": ["这里还没有门。", "There are no doors here yet."],' +
'"field.today.empty_arriving": ["资料正在下来，第一栋楼到了就能用。", "Your grid is arriving. You can begin with the first building."],' +
'"field.today.empty_then": ["网格的资料到了手机上，这里就会写今天该去哪几户。", "Once the grid is on this phone, this page says which doors to knock on."],' +
'"field.today.fewer": ["只看今天的", "Only today\'s"],' +
'"field.today.finished": ["今天该敲的都敲了。", "Every door due today is done."],' +
'"field.today.later": ["另有 {n} 户近三个月还没见到人，不急，顺路再去。", {"one": "{n} more has not been met in the last three months. No hurry, when you pass by.", "other": "{n} more have not been met in the last three months. No hurry, when you pass by."}],' +
'"field.today.next": ["接着去", "Next"],' +
'"field.today.no_grid": ["眼下没有网格归您管。", "No grid is yours at present."],' +
'"field.today.no_grid_then": ["划到哪个网格，问问站里。写过的都没丢，没送到的有信号自己会送。", "Ask the station which grid will be yours. Nothing you wrote is lost; what has not arrived goes by itself."],' +
'"field.today.no_grid_unsent": ["还有 {n} 条没送到，在手机里", {"one": "{n} record has not arrived yet, it is on this phone", "other": "{n} records have not arrived yet, they are on this phone"}],' +
'"field.today.nothing": ["今天没有非敲不可的门。", "No door is waiting today."],' +
'"field.today.offline": ["现在没信号。照常记，都存在手机里。", "No signal now. Write as usual, it is all kept on this phone."],' +
'"field.today.record": ["记一次走访", "Record a visit"],' +
'"field.today.rest": ["另外 {n} 户：", "{n} more: "],' +
'"field.today.rest_answered": ["有人应 {n} 户", "answered {n}"],' +
'"field.today.rest_no_answer": ["没人应 {n} 户", "no answer {n}"],' +
'"field.today.rest_other": ["别的 {n} 户", "other {n}"],' +
'"field.today.so_far": ["敲了 {knocked} 户，有人应 {answered} 户。", "Knocked {knocked}, answered {answered}."],' +
'"field.visits": ["走访", "Visits"],' +
'"field.visits.more": ["更早的 {n} 次", "{n} earlier"],' +
'"field.visits.none": ["还没有走访。敲过门，就会写在这里。", "No visits yet. Knock, and it will stand here."],' +
'"field.visits.year": ["今年 {n} 次", "{n} this year"],' +
'"field.why.care_urgent": ["要紧，上次有人应是 {n} 天前", {"one": "urgent, answered {n} day ago", "other": "urgent, answered {n} days ago"}],' +
'"field.why.care_watch": ["要留意，上次有人应是 {n} 天前", {"one": "keep an eye, answered {n} day ago", "other": "keep an eye, answered {n} days ago"}],' +
'"field.why.knocked": ["{on}敲过", "knocked {on}"],' +
'"field.why.long": ["上次有人应是 {n} 天前", {"one": "last answered {n} day ago", "other": "last answered {n} days ago"}],' +
'"field.why.never": ["还没见到人", "nobody met yet"],' +
'"field.why.promise_on": ["说好 {on}再去", "promised for {on}"],' +
'"field.why.promise_today": ["说好今天再去", "promised for today"],' +
'"field.why.word_promise": ["约好的", "promised"],' +
'"field.why.word_today": ["约好今天", "today"],' +
'"form.before": ["约的日子在这次走访之前，换一天。", "That day is before this visit. Pick a later one."],' +
'"form.building": ["先选是哪一幢。", "Choose the building first."],' +
'"form.bungalow": ["平房不在楼里，已替您选到平房那一排。看一眼，再存一次就好。", "A bungalow is in no block: the row of bungalows is chosen now. Check it and save again."],' +
'"form.choose": ["从列出来的里面选一个。", "Choose one of those listed."],' +
'"form.day": ["这一天日历上没有，再看看。", "The calendar has no such day. Have another look."],' +
'"form.exists": ["这扇门已经有了，不用再加。", "This door is already there."],' +
'"form.future": ["这个时间还没到。写见面那会儿的时间。", "That time has not come yet. Write when you were there."],' +
'"form.moment": ["时间没看懂，像 2026-11-20 10:36 这样写。", "This time cannot be read. Write it like 2026-11-20 10:36."],' +
'"form.names": ["最多写 20 个人，每个名字 60 字以内，用顿号隔开。", "At most 20 people, each name within 60 characters, with commas between them."],' +
'"form.number": ["这里只写一个数。", "Only one whole number goes here."],' +
'"form.order": ["再选一下每一条，或点“都没问题”。", "Choose for a point, or say that all is well."],' +
'"form.patrol_note": ["说上一句再存。", "Say a few words, then save it."],' +
'"form.phone": ["电话只写数字，可以带 + - 和空格。", "A phone number has digits, and perhaps + - and spaces."],' +
'"form.report": ["拍张照、说一段话，或写几个字。", "Take a photo, say it, or write a few words."],' +
'"form.result": ["先点一下怎么样：见到人、没人应……", "First tap how it went: met, no answer …"],' +
'"form.room": ["写上门牌，哪怕先写个大概，比如“车库东”。", "Give the door a number, or roughly where it is, such as “garage, east”."],' +
'"form.shop": ["商铺一般在商铺那一排，已替您选到那里。要是就在这幢楼里，选回来再存一次。", "Shops are mostly in the row of shops: it is chosen now. If this one is in the block, choose the block again and save."],' +
'"form.somebody": ["写上怎么称呼，或者任意一项。", "Write what they are called, or any one thing about them."],' +
'"form.suggestion": ["写上一句再记。", "Write a sentence, then keep it."],' +
'"form.summary": ["写一句是什么事再记。", "Write in a sentence what it is about."],' +
'"form.too_long.10000": ["太长了，最多 10,000 字。您写的都还在，删掉一些再存。", "Too long: at most 10,000 characters. Everything you wrote is still here. Shorten it and save again."],' +
'"form.too_long.20": ["最多 20 个字。", "At most 20 characters."],' +
'"form.too_long.2000": ["最多 2000 个字。", "At most 2,000 characters."],' +
'"form.too_long.30": ["最多 30 个字。", "At most 30 characters."],' +
'"form.too_long.500": ["最多 500 个字。", "At most 500 characters."],' +
'"form.too_long.60": ["最多 60 个字。", "At most 60 characters."],' +
'"form.which_day": ["选了约日子，还没写哪一天。", "You chose to pick a day. Say which one."],' +
'"form.year": ["写四位的年份，比如 1944。", "Write the year with four digits, such as 1944."],' +
'"items.back_followups": ["回到跟进", "Back to follow-ups"],' +
'"items.back_to": ["调解回访，", "Revisit, "],' +
'"items.beside": ["没算数，那时已经变了", "did not count, it had moved on"],' +
'"items.dated": ["有日子的", "With a day"],' +
'"items.followups": ["跟进", "Follow-ups"],' +
'"items.followups_n": [{"one": "要跟进的 1 件", "other": "要跟进的 {n} 件"}, {"one": "1 thing to follow up", "other": "{n} things to follow up"}],' +
'"items.followups_none": ["没有要跟进的。", "Nothing to follow up."],' +
'"items.from_visit": ["看那次走访", "See that visit"],' +
'"items.kept": ["办了", "Done"],' +
'"items.kind.effect": ["问效", "Effect"],' +
'"items.kind.mediation": ["调解", "Mediation"],' +
'"items.kind.need": ["需求", "Need"],' +
'"items.kind.problem": ["难处", "Difficulty"],' +
'"items.kind.promise": ["约好再来", "Promised to come back"],' +
'"items.kind.proposal": ["建议", "Proposal"],' +
'"items.mediation_alone": ["记一件调解，不在哪一户", "Note a mediation of no home"],' +
'"items.mediation_new": ["记一件调解", "Note a mediation"],' +
'"items.next": ["往下走", "What comes next"],' +
'"items.note": ["附一句话", "A word with it"],' +
'"items.of.promise": ["约好再来", "promised to come back"],' +
'"items.of.revisit": ["调解回访", "revisit a mediation"],' +
'"items.open": ["没办完的", "Still open"],' +
'"items.open_none": ["没有没办完的事。", "Nothing is open."],' +
'"items.rated": ["评了：{rating}", "Rated: {rating}"],' +
'"items.rates": ["评的是哪件事", "What is being rated"],' +
'"items.rates_other": ["别的事", "Something else"],' +
'"items.rating.basic": ["基本满意", "Mostly satisfied"],' +
'"items.rating.not": ["不满意", "Not satisfied"],' +
'"items.rating.satisfied": ["满意", "Satisfied"],' +
'"items.record": ["调解记录，知道多少写多少", "Record, as far as known"],' +
'"items.record.agreement": ["说好了什么", "What was agreed"],' +
'"items.record.facts": ["事情经过", "What happened"],' +
'"items.record.mediators": ["谁来调", "Mediators"],' +
'"items.record.parties": ["哪几方", "Parties"],' +
'"items.record.performance": ["怎么兑现", "How it is kept"],' +
'"items.record.requests": ["各自要什么", "What each asks"],' +
'"items.record.revisit_on": ["哪天回访", "Revisit on"],' +
'"items.record.source": ["怎么来的", "How it came"],' +
'"items.record.type": ["哪一类", "Kind"],' +
'"items.record_known": ["调解记录", "Record of the mediation"],' +
'"items.same": ["都没变", "All unchanged"],' +
'"items.source.applied": ["当事人来找", "They asked"],' +
'"items.source.proactive": ["主动去调", "We went"],' +
'"items.state.accepted": ["受理了", "accepted"],' +
'"items.state.agreed_oral": ["口头说好了", "agreed by word"],' +
'"items.state.agreed_written": ["写了协议", "agreed in writing"],' +
'"items.state.done": ["办好了", "done"],' +
'"items.state.dropped": ["不办了", "dropped"],' +
'"items.state.failed": ["没调成", "not settled"],' +
'"items.state.filed": ["归档了", "filed"],' +
'"items.state.matched": ["对上资源了", "matched"],' +
'"items.state.mediating": ["正在调", "in talks"],' +
'"items.state.new": ["新记的", "new"],' +
'"items.state.project": ["立项了", "a project"],' +
'"items.state.rated": ["评过了", "rated"],' +
'"items.state.referred": ["转给别处了", "passed on"],' +
'"items.state.registered": ["登记了", "registered"],' +
'"items.state.revisit": ["回访过", "revisited"],' +
'"items.state.self_resolved": ["自己解决了", "solved on the spot"],' +
'"items.state.taken": ["采纳了", "taken up"],' +
'"items.state.withdrawn": ["撤回了", "withdrawn"],' +
'"items.step.accepted": ["受理", "Accept"],' +
'"items.step.agreed_oral": ["口头说好了", "Agreed by word"],' +
'"items.step.agreed_written": ["写了协议", "Agreed in writing"],' +
'"items.step.done": ["办好了", "Done"],' +
'"items.step.dropped": ["不办了", "Drop it"],' +
'"items.step.failed": ["没调成", "Not settled"],' +
'"items.step.filed": ["归档", "File it"],' +
'"items.step.matched": ["对上资源", "Matched"],' +
'"items.step.mediating": ["开始调", "Begin the talks"],' +
'"items.step.new": ["重新打开", "Open again"],' +
'"items.step.project": ["立项", "Make it a project"],' +
'"items.step.referred": ["转给别处", "Pass it on"],' +
'"items.step.revisit": ["回访过了", "Revisited"],' +
'"items.step.self_resolved": ["自己解决了", "Solved on the spot"],' +
'"items.step.taken": ["采纳", "Take it up"],' +
'"items.step.withdrawn": ["撤回", "Withdraw"],' +
'"items.still": ["没定日子的", "Without a day"],' +
'"items.story": ["后来", "Since then"],' +
'"items.summary": ["什么事，谁和谁", "What it is about, between whom"],' +
'"items.tell": ["今天调得怎样", "How it went today"],' +
'"items.tell_what": ["谁说了什么，说到哪一步", "Who said what, and how far it got"],' +
'"items.told": ["说了进展", "How it went"],' +
'"items.turn.mediation": ["要调解", "Needs mediation"],' +
'"items.turn.need": ["记成需求", "Keep as a need"],' +
'"items.turn.problem": ["留着，以后吹哨", "Keep, to whistle later"],' +
'"items.turn.proposal": ["记成建议", "Keep as a proposal"],' +
'"items.turns": ["这几句算什么", "What these become"],' +
'"items.turns_how": ["点一下就行，不用再写", "One tap, nothing to type"],' +
'"items.when.overdue": ["过了 {n} 天", {"one": "1 day overdue", "other": "{n} days overdue"}],' +
'"items.when.today": ["就是今天", "today"],' +
'"items.words": ["原话", "Their words"],' +
'"log.added": ["今天补录的", "Added today"],' +
'"log.added_say": ["算在去的那一天。", "They count on the day of the visit."],' +
'"log.again": ["再送一次", "Send again"],' +
'"log.by_itself": ["不动它，晚上八点也会自己送。", "Left alone, it goes by itself at eight in the evening."],' +
'"log.cares": ["要多留心的", "To look after"],' +
'"log.counted": ["都是从记过的走访里来的，不用再填。", "All of it comes from the visits you recorded. Nothing to fill in."],' +
'"log.figures": ["敲了 {knocked} 户，有人应 {answered} 户。", "{knocked} doors knocked at, {answered} answered."],' +
'"log.grids": ["哪个网格的", "Which grid"],' +
'"log.kept": ["{clock} 存在手机里", "Kept on the phone at {clock}"],' +
'"log.kept_here": ["{clock} 存在浏览器里", "Kept in the browser at {clock}"],' +
'"log.late": ["补录", "Added later"],' +
'"log.late_n": ["{n} 条是后来补录的。", {"one": "1 was added later.", "other": "{n} were added later."}],' +
'"log.more": ["日志", "Logs"],' +
'"log.more_say": ["一天的走访自己汇成一篇，看一眼就能送。", "A day\'s visits make its log by themselves. One look, and it can be sent."],' +
'"log.nobody": ["没人应 {n} 户。", "Nobody in at {n}."],' +
'"log.none": ["今天还没记过走访。", "No visit recorded today yet."],' +
'"log.none_day": ["这一天没有记过走访。", "No visit was recorded on this day."],' +
'"log.other": ["别的 {n} 户。", "Something else at {n}."],' +
'"log.others": ["前几天", "Other days"],' +
'"log.promises": ["约好再去的", "Promised to come again"],' +
'"log.returned": ["退回来了，{by}说：", "Returned. {by} says:"],' +
'"log.returned_day": ["{on}的日志退回来了，{by}说：“{note}”", "The log of {on} was returned. {by} says: “{note}”"],' +
'"log.say.amended": ["又送了一次，站里还没看。", "Sent again. The station has not read it yet."],' +
'"log.say.returned": ["站里退回来了，照着写几句再送一次。", "The station returned it. Add a few words and send it again."],' +
'"log.say.reviewed": ["{by} {at}看过了。", "{by} read it on {at}."],' +
'"log.say.submitted": ["送了，站里还没看。", "Sent. The station has not read it yet."],' +
'"log.send": ["送给站里", "Send to the station"],' +
'"log.somewhere": ["已不在这个网格的一户", "A home that is in another grid now"],' +
'"log.state.amended": ["又送了", "sent again"],' +
'"log.state.open": ["还没送", "not sent yet"],' +
'"log.state.returned": ["退回来了", "returned"],' +
'"log.state.reviewed": ["看过了", "read"],' +
'"log.state.submitted": ["已送", "sent"],' +
'"log.state.unsent": ["等信号", "waits for signal"],' +
'"log.title": ["今天的日志", "Today\'s log"],' +
'"log.title_day": ["{on}的日志", "Log of {on}"],' +
'"log.today": ["今天的日志：{state}", "Today\'s log: {state}"],' +
'"log.unsent": ["{n} 条还在手机里，有信号自己会送，到了就算在这一天。", {"one": "1 visit is still on the phone. It goes by itself when there is signal, and counts on this day.", "other": "{n} visits are still on the phone. They go by themselves when there is signal, and count on this day."}],' +
'"log.visits": ["去过的", "Visits"],' +
'"log.visits_n": ["{n} 次", {"one": "1 visit", "other": "{n} visits"}],' +
'"log.words": ["还想说的", "Anything else"],' +
'"log.words_how": ["可以不写", "may stay empty"],' +
'"order.again": ["再看", "Look again"],' +
'"order.away": ["已不在这个网格的一户", "A home that left this grid"],' +
'"order.both": ["再看一次，这几条就换成新的；原来的站里还看得到。", "Check again and a new answer takes the place of these. The station still sees them."],' +
'"order.check": ["核查", "Check"],' +
'"order.confirmed": ["{by} {at}确认了。", "{by} confirmed this on {at}."],' +
'"order.door.left": ["还没看", "Not yet checked"],' +
'"order.door.part": ["没看全", "Partly checked"],' +
'"order.door.two": ["两人说的不一样", "Two answers differ"],' +
'"order.door.well": ["没问题", "Fine"],' +
'"order.door.wrong": ["有问题", "Not right"],' +
'"order.doors": ["哪些户", "Which homes"],' +
'"order.due": ["{on}前", "by {on}"],' +
'"order.due_today": ["今天到期", "due today"],' +
'"order.found.well": ["都没问题", "All is well"],' +
'"order.from": ["{by}发的", "From {by}"],' +
'"order.gone": ["{n} 户已划到别的网格，不用看了。", {"one": "{n} home belongs to another grid now. You need not go there.", "other": "{n} homes belong to another grid now. You need not go there."}],' +
'"order.late": ["{on}已到期", "was due {on}"],' +
'"order.list": ["站里要核查的", "To check for the station"],' +
'"order.note": ["说一句，可以不写", "A few words, if you like"],' +
'"order.ok.no": ["有问题", "Not right"],' +
'"order.ok.none": ["没看", "not looked at"],' +
'"order.ok.yes": ["没问题", "Fine"],' +
'"order.points": ["看什么", "What to look at"],' +
'"order.redo": ["{by}请再看一下：", "{by} asks you to look again:"],' +
'"order.redo_short": ["{by}请再看一下：“{note}”", "{by} asks you to look again: “{note}”"],' +
'"order.report": ["看完了，报给站里", "Done, tell the station"],' +
'"order.reported": ["已报给站里，等站里确认。", "The station was told. It has yet to confirm."],' +
'"order.reported_unsent": ["看完了，有信号就报给站里。", "Done. The station is told once there is a signal."],' +
'"order.state.reported": ["已报给站里，等确认", "The station was told, it has yet to confirm"],' +
'"order.sum": ["看了 {done} 户，共 {n} 户", {"one": "{done} of {n} home checked", "other": "{done} of {n} homes checked"}],' +
'"order.title": ["核查指令", "Verification order"],' +
'"order.well": ["都没问题", "All is well"],' +
'"order.withdrawn": ["{by} {at}撤回了，不用再看。", "{by} withdrew this on {at}. You need not go on."],' +
'"order.withdrawn_short": ["{by}撤回了，不用再看", "{by} withdrew it. You need not go on"],' +
'"order.withdrawn_then": ["已经记下的都留着，站里看得到。", "What was written down stays, and the station sees it."],' +
'"order.wrote": ["{by} {at}", "{by}, {at}"],' +
'"outbox.again.network": ["{at} 前后自己再试，有信号就送到。", "Tries again by itself about {at}; with signal it goes."],' +
'"outbox.again.server": ["{at} 前后自己再试。", "Tries again by itself about {at}."],' +
'"outbox.all_sent": ["都送到了。", "Everything has arrived."],' +
'"outbox.arrived": ["上一次送到是 {at}。", "Last arrived {at}."],' +
'"outbox.arrived_never": ["这部手机还没送到过。", "Nothing from this phone has arrived yet."],' +
'"outbox.arrived_today": ["上一次送到是今天 {at}。", "Last arrived today at {at}."],' +
'"outbox.aside.already_in": ["这件事早已生效，这一条先收着，什么也没少。", "This took effect before; nothing is missing."],' +
'"outbox.aside.bad_body": ["服务器看不懂这一条，先收着，站里会看。", "The server could not read this one. It is kept, the station will look."],' +
'"outbox.aside.decided": ["这件事已经有人定过了，这一条先收着。", "Somebody has decided this already; it is kept."],' +
'"outbox.aside.erased": ["站里已经清除了这一户或这个人的记录。您写的先收着，没丢，等站长看。", "The station has erased what was kept of this home or person. What you wrote is kept, and waits for the station master."],' +
'"outbox.aside.fold_error": ["这一条先收着，站里会看。您写的留着，不用重写。", "This one is kept aside, the station will look. No need to write it again."],' +
'"outbox.aside.fork": ["这部手机的记录出现了两份，都收着，等站长看。", "There are two histories of this phone. Both are kept for the station master."],' +
'"outbox.aside.needs_decision": ["这件事要网格长或站长来定，先收着。您写的留着，不用重写。", "The grid leader or the station decides this; it is kept until then. What you wrote stays, no need to write it again."],' +
'"outbox.aside.not_author": ["这一条是别人写的，您的改动先收着，等站长看。", "Somebody else wrote this one. Your change is kept for the station master."],' +
'"outbox.aside.other": ["这一条先收着，等站长看。您写的留着，不用重写。", "This one is kept for the station master. No need to write it again."],' +
'"outbox.aside.out_of_scope": ["这一户不在您的网格里，先收着，等站长看。您写的留着，不用重写。", "This door is not in your grid. It is kept for the station master; no need to write it again."],' +
'"outbox.aside.revoked": ["这一条送到时，这部手机已经停用。先收着，没丢，等站长看；您不用重写。", "When this came, the phone had been put out of use. It is kept, and the station will look at it; no need to write it again."],' +
'"outbox.aside.sealed": ["这一条锁着到了服务器，打不开。手机上还看得到的话，请照着再写一条。", "This one came to the server locked, and it could not open it. If you still see it here, write it once more."],' +
'"outbox.aside.unknown_entity": ["服务器上还没有这一户，先收着，等站长看。", "The server does not have this door yet. It is kept for the station master."],' +
'"outbox.aside.unknown_kind": ["服务器还看不懂这种记录，先收着，没丢。", "The server cannot read this kind yet. It is kept."],' +
'"outbox.aside.unknown_tag": ["有一个标签不在名单上，先收着。站里放行后，别的都会生效，那个标签不收。", "One tag is on no list, so it is kept aside. Once the station lets it in, all else takes effect without that tag."],' +
'"outbox.at_server": ["写的都已到服务器。", "All you wrote is on the server."],' +
'"outbox.blobs_waiting": ["还有 {n} 份照片或录音没送到，有信号自己会送。", {"one": "{n} photo or voice note has not arrived yet. It goes by itself.", "other": "{n} photos or voice notes have not arrived yet. They go by themselves."}],' +
'"outbox.checked": ["核对资料", "facts checked"],' +
'"outbox.checked_of": ["核对{who}的资料", "facts of {who} checked"],' +
'"outbox.corrected": ["（改过）", " (corrected)"],' +
'"outbox.count": ["{n} 条", "{n}"],' +
'"outbox.declined": ["{by}没有采用：{reason}。您写的还留着。", "{by} did not take it: {reason}. What you wrote is kept."],' +
'"outbox.doubt": ["核验没通过：服务器现在给出的记录，跟这部手机以前看到的接不上。", "The proof failed: the records as the server gives them now do not go on from those that this phone saw before."],' +
'"outbox.doubt_then": ["您照常记，一条也不会丢。前后两份凭据手机都留着，也已告诉站长。站长查清以前，这里不再写“已核验”。", "Go on as usual, nothing is lost. This phone keeps both proofs, and the station master is told. Until somebody has looked, nothing is called verified here."],' +
'"outbox.empty": ["还没写过什么。", "Nothing written yet."],' +
'"outbox.half_drop": ["不要了", "Let it go"],' +
'"outbox.half_send": ["就这样送", "Send as it is"],' +
'"outbox.halves": ["写了一半的", "Half-written"],' +
'"outbox.halves_say": ["这几户已经不在这部手机里，写的还留着。可以就这样送给站里，也可以接着写完，或者不要了。", "These homes are no longer on this phone; what you wrote is kept. Send it to the station as it is, finish it, or let it go."],' +
'"outbox.kind.action_done": ["办完了一件", "Something done"],' +
'"outbox.kind.building_added": ["加了一排", "row added"],' +
'"outbox.kind.care_check_made": ["看望", "Looked in"],' +
'"outbox.kind.care_check_undone": ["撤回一次看望", "Took back a look"],' +
'"outbox.kind.daily_log_sent": ["日志", "A log of a day"],' +
'"outbox.kind.household_added": ["加了一扇门", "door added"],' +
'"outbox.kind.household_stated": ["改资料", "facts"],' +
'"outbox.kind.household_undone": ["撤回一处改动", "Took a change back"],' +
'"outbox.kind.item_moved": ["一件事有了进展", "Something moved on"],' +
'"outbox.kind.item_raised": ["记了一件事", "Something noted"],' +
'"outbox.kind.item_rated": ["评了一件事", "Something rated"],' +
'"outbox.kind.item_told": ["说了调解的进展", "How a mediation went"],' +
'"outbox.kind.item_withdrawn": ["撤回了一件事", "Something withdrawn"],' +
'"outbox.kind.order_answered": ["核查一户的记录", "A home checked"],' +
'"outbox.kind.order_reported": ["核查报完", "An order reported"],' +
'"outbox.kind.other": ["别的记录", "another record"],' +
'"outbox.kind.patrol_ended": ["结束巡查", "Ended a patrol"],' +
'"outbox.kind.patrol_noted": ["巡查记的", "A note of a patrol"],' +
'"outbox.kind.patrol_started": ["开始巡查", "Started a patrol"],' +
'"outbox.kind.patrol_withdrawn": ["收回一条巡查记的", "Took a note back"],' +
'"outbox.kind.resident_added": ["加了一个人", "person added"],' +
'"outbox.kind.resident_stated": ["改这个人的资料", "facts of a person"],' +
'"outbox.kind.resident_tagged": ["改要多照看的", "who needs a closer eye"],' +
'"outbox.kind.resident_undone": ["撤回一处改动", "Took a change back"],' +
'"outbox.kind.suggestion_made": ["提了一条建议", "Made a suggestion"],' +
'"outbox.kind.visit_corrected": ["改走访", "visit corrected"],' +
'"outbox.kind.visit_kept": ["约好的，办了", "A promise, done"],' +
'"outbox.kind.visit_recorded": ["走访", "visit"],' +
'"outbox.kind.visit_settled": ["定下走访怎么写", "Settled how a visit reads"],' +
'"outbox.kind.visit_undone": ["撤回走访的改动", "Took back a change of a visit"],' +
'"outbox.of.resident_added": ["加了{who}", "{who} added"],' +
'"outbox.of.resident_stated": ["改{who}的资料", "facts of {who}"],' +
'"outbox.of.resident_tagged": ["改{who}要多照看的", "closer eye on {who}"],' +
'"outbox.of.resident_undone": ["撤回{who}的一处改动", "took back a change for {who}"],' +
'"outbox.on_way": ["{n} 条正在送。", {"one": "{n} note is on its way.", "other": "{n} notes are on their way."}],' +
'"outbox.problem.network": ["{at} 试过一次，没连上服务器。", "Tried at {at}, could not reach the server."],' +
'"outbox.problem.server": ["{at} 试过一次，服务器没收下。写的都在手机里。", "Tried at {at}, the server did not take it. All is kept here."],' +
'"outbox.problem.unknown_device": ["{at} 试过一次，服务器不认得这部手机了。", "Tried at {at}, the server does not know this phone any more."],' +
'"outbox.released": ["{by}已让它生效。", "{by} let it count."],' +
'"outbox.released_why": ["{by}已让它生效：{reason}", "{by} let it count: {reason}"],' +
'"outbox.restored": ["{at} 起，站里的服务器用的是恢复的备份：这部手机见过的最后 {n} 条，那份备份里可能没有，谁记的就由谁的手机重新送。", "Since {at} the station\'s server runs on a restored backup: it may lack the last records that this phone had seen there, up to {n}; the phones that wrote them send them again."],' +
'"outbox.restored_then": ["前后两份凭据这部手机都留着。要是站里没有恢复过备份，请告诉站长。", "This phone keeps both proofs. If nobody at the station restored a backup, tell the station master."],' +
'"outbox.revoked": ["站里停用了这部手机。", "The station has put this phone out of use."],' +
'"outbox.revoked_then": ["写过的都没丢：先前送到的照样算，没送到的还会自己送，站里看过再定。等没送的送完，网格的资料就从这部手机上收走。要接着用，找站里恢复，或者要一个新链接。", "Nothing you wrote is lost: what had arrived counts as before; what has not goes by itself, and the station looks at it. When all has gone, the grid leaves this phone. To go on, ask your station to take it back, or for a new link."],' +
'"outbox.safe": ["都没丢，不用守着。", "Nothing is lost. No need to wait."],' +
'"outbox.same": ["{fact}：核对过，没变", "{fact}: checked, still so"],' +
'"outbox.sent": ["送到的", "Arrived"],' +
'"outbox.set_aside": ["先收着的", "Kept aside"],' +
'"outbox.some_time.network": ["有信号时自己会再送。", "It goes by itself when there is signal."],' +
'"outbox.some_time.server": ["过一会儿自己会再送。", "It goes again by itself."],' +
'"outbox.tag_add": ["加“{tag}”", "plus “{tag}”"],' +
'"outbox.tag_remove": ["去掉“{tag}”", "minus “{tag}”"],' +
'"outbox.try": ["现在试一次", "Try now"],' +
'"outbox.unknown_device_do": ["写的都在手机里，没丢。拿着手机找站长，重新登记一下就能送。", "All you wrote is safe on this phone. Show it to the station master; once registered again, it goes."],' +
'"outbox.wait": ["等着送的", "Waiting"],' +
'"outbox.wait_n": ["{n} 条，最早 {at}", "{n}, since {at}"],' +
'"outbox.waiting": ["{n} 条在手机里等信号。", {"one": "{n} note waits here for signal.", "other": "{n} notes wait here for signal."}],' +
'"patrol.again": ["改", "Change"],' +
'"patrol.before.am": ["上午巡查，出门前看一眼。", "Morning patrol: a look before you go."],' +
'"patrol.before.pm": ["下午巡查，出门前看一眼。", "Afternoon patrol: a look before you go."],' +
'"patrol.before_how": ["都是手机里有的，不用填。走到哪里不会记下来。", "All of it is on the phone already, nothing to fill in. Where you walk is not recorded."],' +
'"patrol.beside": ["另外记的", "Other notes of the day"],' +
'"patrol.changes": ["{at}以后同事去过", "Colleagues\' visits since {at}"],' +
'"patrol.changes_lately": ["这两天同事去过", "Colleagues\' visits of two days"],' +
'"patrol.doors": ["去过 {n} 户", {"one": "1 home visited", "other": "{n} homes visited"}],' +
'"patrol.due": ["另外还有 {n} 户该去了", {"one": "1 more home is due", "other": "{n} more homes are due"}],' +
'"patrol.due_only": ["有 {n} 户该去了", {"one": "1 home is due", "other": "{n} homes are due"}],' +
'"patrol.end": ["巡完了，送给站里", "End, and send to the station"],' +
'"patrol.forgotten": ["忘了按也没关系，现在按一下结束就行。", "Forgotten? No harm done. Tap End now."],' +
'"patrol.going": ["还在巡", "under way"],' +
'"patrol.hazards": ["近来说到的问题", "Problems told lately"],' +
'"patrol.hours": ["{h} 小时 {m} 分", "{h} h {m} min"],' +
'"patrol.look": ["要去看看的", "To look in on"],' +
'"patrol.minutes": ["{m} 分钟", "{m} min"],' +
'"patrol.moment": ["不到一分钟", "less than a minute"],' +
'"patrol.more_say": ["上午一次，下午一次：出门按一下，路上记几句，回来自己汇总。不记走到哪里。", "One in the morning, one in the afternoon: a tap when you leave, a few words on the way, and it sums itself up. Where you walk is not recorded."],' +
'"patrol.n": ["{n} 次", {"one": "1 patrol", "other": "{n} patrols"}],' +
'"patrol.note": ["记一条", "A note"],' +
'"patrol.note_again": ["改这一条", "Change this note"],' +
'"patrol.note_alone": ["不巡也能记一条", "A note without a patrol"],' +
'"patrol.notes": ["这次记的", "Notes of this patrol"],' +
'"patrol.nothing": ["没有新的变化，也没有要特别去看的。", "Nothing new, and nobody to look in on."],' +
'"patrol.nowhere": ["不说", "Not said"],' +
'"patrol.once_more": ["再巡一次", "Go once more"],' +
'"patrol.open": ["打开巡查", "Open the patrol"],' +
'"patrol.over": ["巡完了。", "The patrol is over."],' +
'"patrol.part.am": ["上午", "Morning"],' +
'"patrol.part.pm": ["下午", "Afternoon"],' +
'"patrol.running": ["{at} 开始，{lasted}。", "Started at {at}, {lasted} so far."],' +
'"patrol.running_since": ["{at}开始的巡查，还没按结束", "The patrol of {at} has not been ended"],' +
'"patrol.save": ["存这一条", "Save the note"],' +
'"patrol.short": ["不到一小时", "under an hour"],' +
'"patrol.start": ["开始巡查", "Start the patrol"],' +
'"patrol.sum": ["到现在", "So far"],' +
'"patrol.title": ["巡查", "Patrol"],' +
'"patrol.to_log": ["看今天的日志", "Today\'s log"],' +
'"patrol.today.done_am": ["上午巡查：巡过了", "Morning patrol: done"],' +
'"patrol.today.done_pm": ["下午巡查：巡过了", "Afternoon patrol: done"],' +
'"patrol.today.open_am": ["上午巡查：还没开始", "Morning patrol: not started"],' +
'"patrol.today.open_pm": ["下午巡查：还没开始", "Afternoon patrol: not started"],' +
'"patrol.today.running": ["巡查：{at} 开始，还在巡", "Patrol: under way since {at}"],' +
'"patrol.unknown": ["不知道多久", "not known how long"],' +
'"patrol.what": ["记的是什么", "What it is"],' +
'"patrol.what.change": ["查变化", "Change"],' +
'"patrol.what.demand": ["收诉求", "Demand"],' +
'"patrol.what.dispute": ["消矛盾", "Dispute"],' +
'"patrol.what.problem": ["找问题", "Problem"],' +
'"patrol.where": ["在哪里", "Where"],' +
'"patrol.withdraw": ["收回", "Take back"],' +
'"patrol.words": ["说一句", "A few words"],' +
'"phone.keeping.done": ["好了，您的网格都在手机里了，没有信号也能看、能记。可以把四访添加到主屏幕，下次从那里打开。", "Done. Your whole grid is on this phone; you can read and record without signal. Add Sifang to the home screen and open it from there."],' +
'"phone.keeping.fetch": ["正在把网格存到这部手机。存好以前，要有信号才能用。", "Bringing your grid onto this phone. Until it is here, you need signal."],' +
'"phone.keeping.plain": ["这个浏览器不能把网格存进手机，有信号时照样能用。", "This browser cannot keep your grid on the phone. It works while there is signal."],' +
'"phone.keeping.waiting": ["网格还没存完。已经到的都在手机里，有信号会自己接着来；存完以前，要有信号才能用。", "The grid is not all here yet. What has come stays; the rest comes by itself when there is signal. Until then, you need signal."],' +
'"phone.trouble.back": ["回到今天", "Back to Today"],' +
'"phone.trouble.broken": ["这一页没打开。", "This page did not open."],' +
'"phone.trouble.broken_more": ["您写的都在手机里，没有丢。回到今天，再从那里进来。", "What you wrote is on the phone, nothing is lost. Go back to Today and come in from there."],' +
'"phone.trouble.code": ["站里给了我八位数字", "I was given eight digits"],' +
'"phone.trouble.empty": ["手机里还没有网格，现在也没连上服务器。", "This phone holds no grid yet, and the server was not reached."],' +
'"phone.trouble.empty_more": ["有信号的时候再打开一次就好。", "Open it again where there is signal."],' +
'"phone.trouble.gone": ["这部手机停用了。", "This phone is out of use."],' +
'"phone.trouble.gone_more": ["存好的都交给站里了，这里什么也不留。要再用，请站里给您一个新的链接。", "Everything saved on it has gone to the station, and nothing is kept here any more. To use it again, ask the station for a new link."],' +
'"phone.trouble.online": ["这一页要连上服务器才能看。", "This page needs the server."],' +
'"phone.trouble.online_more": ["它不存在手机里。有信号的时候再打开一次就好。", "It is not kept on this phone. Open it again when there is signal."],' +
'"phone.trouble.unsaved": ["这一条没存下。", "This was not saved."],' +
'"phone.trouble.unsaved_more": ["回到刚才那一页，再存一次。以前存下的都还在手机里。", "Go back to the page before and save once more. What was saved earlier is still on the phone."],' +
'"vault.choose": ["先给手机上的资料定个密码", "First choose a PIN for what is on this phone"],' +
'"vault.choose_again": ["重新定个密码", "Choose a new PIN"],' +
'"vault.choose_again_say": ["站里已经认出您了。没送出的会照样送出去，住户资料重新存一遍。写到一半的打不开了。", "The station has recognised you. What is unsent still goes up, and the residents come anew. What was half written cannot be opened any more."],' +
'"vault.choose_say": ["六个数字，您自己记得住、别人不好猜。手机上的住户资料都用它锁着，每次隔一会儿没用，要输一遍。", "Six figures that you remember and others do not guess. All about residents is locked with it on this phone; after a while without use it is asked for again."],' +
'"vault.closing": ["正在把手机上的资料锁好…", "Locking what is on this phone…"],' +
'"vault.erase": ["退一格", "One back"],' +
'"vault.first": ["六个数字", "Six figures"],' +
'"vault.forget_say": ["忘了也不要紧：到站里拿一个新的链接，再定一个。", "Should you forget it: get a new link at the station and choose another."],' +
'"vault.forgot": ["忘了密码？", "Forgot the PIN?"],' +
'"vault.forgot_safe": ["没送出的照样会送到，一条也不丢。", "What is unsent still arrives. Nothing of it is lost."],' +
'"vault.forgot_say": ["到站里当面拿一个新的链接，在这部手机上打开，就能重新定密码。", "Get a new link at the station, in person, and open it on this phone: then you choose a new PIN."],' +
'"vault.keep": ["就用这个", "Use this one"],' +
'"vault.kept_edit": ["刚才写的存好了，有信号自己会送。", "What you wrote is kept, and goes up by itself when there is signal."],' +
'"vault.kept_form": ["刚才写的存好了，打开手机以后接着送。", "What you wrote is kept, and goes on when the phone is open."],' +
'"vault.kept_note": ["这一笔存好了，打开手机就看得到。", "Kept. You see it when the phone is open."],' +
'"vault.lock": ["现在锁上", "Lock now"],' +
'"vault.lock_say": ["不用的时候，过五分钟自己会锁。锁着也能记、也会送。", "It locks by itself after five minutes without use. Locked it still records and sends."],' +
'"vault.lock_title": ["锁", "Lock"],' +
'"vault.locked": ["手机锁着", "This phone is locked"],' +
'"vault.note": ["先记一笔", "Note something first"],' +
'"vault.note_hint": ["来不及打开的话，先写在这里", "No time to open? Write it here"],' +
'"vault.note_in_hand": ["这一笔放到哪一户？", "Which door is this note for?"],' +
'"vault.note_keep": ["先存着", "Keep it"],' +
'"vault.note_say": ["马上存好、锁好。打开手机以后，再放到哪一户。", "It is kept and locked at once. When the phone is open you put it to a door."],' +
'"vault.nothing_waits": ["写过的都送到了。", "All you wrote has arrived."],' +
'"vault.open": ["打开", "Open"],' +
'"vault.opening": ["正在打开…", "Opening…"],' +
'"vault.passkey": ["用指纹或面容打开", "Open with fingerprint or face"],' +
'"vault.passkey_beside": ["密码照样能用。这部手机认得的每个指纹、每张脸都打得开：别人的指纹也存在手机里的话，先去手机设置里删掉。", "The PIN still works. Every fingerprint and face this phone knows will open it: if somebody else\'s is among them, take it out in the phone\'s settings first."],' +
'"vault.passkey_cannot": ["这部手机的指纹、面容还当不了钥匙。照旧输密码就行。", "The fingerprint or face of this phone cannot be a key yet. Type the PIN as before."],' +
'"vault.passkey_make": ["开始用", "Use it"],' +
'"vault.passkey_making": ["正在设置，请看手机上的提示…", "Setting it up. Look at what the phone asks…"],' +
'"vault.passkey_on": ["指纹或面容也能打开。密码照样能用。", "Fingerprint or face opens it as well. The PIN still works."],' +
'"vault.passkey_open": ["用指纹或面容打开", "Open with fingerprint or face"],' +
'"vault.passkey_pin": ["先输一遍密码，手机再问您的指纹或面容", "First your PIN; then the phone asks for your fingerprint or face"],' +
'"vault.passkey_remove": ["只用密码，不用指纹、面容", "Only the PIN, no fingerprint or face"],' +
'"vault.passkey_say": ["以后打开手机上的资料，按一下指纹或看一眼就行，不用输密码。没信号也能用。", "From now on a touch or a look opens what is on this phone, without the PIN. It works without signal."],' +
'"vault.passkey_stopped": ["没认出来。再试一次，或者输密码。", "Not recognised. Try again, or type the PIN."],' +
'"vault.passkey_undone": ["没有设好，再来一次。密码照样能用。", "It was not set up. Try once more; the PIN still works."],' +
'"vault.passkey_wait": ["试了好几次，过一会儿再来。密码没变。", "That was several times. Come back in a while; the PIN has not changed."],' +
'"vault.people": ["合用这部手机的人", "Who shares this phone"],' +
'"vault.people_say": ["换人时这边先锁上，没传完的照样传。", "It locks when somebody else takes over. What is unsent still goes up."],' +
'"vault.person": ["换{name}用", "{name}\'s turn"],' +
'"vault.pin": ["输密码打开", "Type your PIN to open"],' +
'"vault.place": ["这部手机", "This phone"],' +
'"vault.second": ["再输一遍", "Once more"],' +
'"vault.wait": ["试了好几次，等 {n} 秒再输。写过的都在，不会丢。", "That was several times. Wait {n} seconds, then type it again. All you wrote is here and stays."],' +
'"vault.wait_minutes": ["试了好几次，等 {n} 分钟再输。写过的都在，不会丢。", "That was several times. Wait {n} minutes, then type it again. All you wrote is here and stays."],' +
'"vault.waiting": ["有 {n} 条还没送到，存得好好的，有信号自己会送。", {"one": "One record is still to arrive. It is safe here and goes up by itself.", "other": "{n} records are still to arrive. They are safe here and go up by themselves."}],' +
'"vault.wrong_easy": ["这个太好猜了，换一个。", "That one is easy to guess. Choose another."],' +
'"vault.wrong_pin": ["不是这个密码，再看看。", "That is not it. Look again."],' +
'"vault.wrong_shape": ["要六个数字。", "It takes six figures."],' +
'"vault.wrong_twice": ["两遍不一样，再来一次。", "The two are not alike. Once more."],' +
'"visit.ask.difficulty": ["有什么难处", "What is hard"],' +
'"visit.ask.effect": ["上回的事，满意吗", "Did last time\'s help"],' +
'"visit.ask.idea": ["有什么主意", "What would you do"],' +
'"visit.ask.need": ["想要什么", "What would help"],' +
'"visit.asks": ["四问，都可以不填", "Four asks, all optional"],' +
'"visit.asks_how": ["点开就能写", "tap to write"],' +
'"visit.before": ["改之前", "Before"],' +
'"visit.before_elsewhere": ["原来写的留在服务器上，站里能看到。", "What stood before is on the server; the station can read it."],' +
'"visit.before_n": ["{n} 次", {"one": "{n} version", "other": "{n} versions"}],' +
'"visit.blob_on_way": ["还在路上", "still on its way"],' +
'"visit.blob_refused.broken": ["这个文件坏了，服务器看不了，它还在手机里。", "The file is broken and the server cannot read it. It stays on the phone."],' +
'"visit.blob_refused.gone": ["手机存满时腾了地方，服务器后来又丢了它，这一份没有了。", "This phone made room when it was full, and the server lost it afterwards: it is gone."],' +
'"visit.blob_refused.kind": ["服务器不收这种文件，它还在手机里。", "The server does not take this kind of file. It stays on the phone."],' +
'"visit.blob_refused.metadata": ["里面写着地点一类的内容，服务器没收，它还在手机里。", "It says where it was made, so the server did not take it. It stays on the phone."],' +
'"visit.blob_refused.pixels": ["服务器嫌它太大，没收，它还在手机里。", "Too large a picture for the server. It stays on the phone."],' +
'"visit.blob_remove": ["去掉", "Take it out"],' +
'"visit.blobs": ["照片和录音", "Photos and voice notes"],' +
'"visit.blobs_and": ["；", "; "],' +
'"visit.blobs_hint": ["可以不拍，不录", "none needed"],' +
'"visit.blobs_none_there": ["还没送到", "not arrived yet"],' +
'"visit.care": ["放心吗", "Are they all right"],' +
'"visit.care_none": ["不说", "Not said"],' +
'"visit.companions": ["一起去的", "Who came along"],' +
'"visit.companions_hint": ["小林、老孙", "Lin, Sun"],' +
'"visit.correct": ["改这一条", "Correct it"],' +
'"visit.correct_of": ["{on}的走访。", "Visit of {on}."],' +
'"visit.correct_say": ["改了以后，原来的也留着。", "What stood before is kept as well."],' +
'"visit.correct_title": ["改走访", "Correct a visit"],' +
'"visit.corrected": ["改过", "corrected"],' +
'"visit.draft_here": ["草稿 {clock} 已存在这个浏览器里", "Draft kept in this browser {clock}"],' +
'"visit.draft_kept": ["草稿 {clock} 已存手机", "Draft kept {clock}"],' +
'"visit.entered": ["代录", "entered for them"],' +
'"visit.entered_by": ["{by}代录", "entered by {by}"],' +
'"visit.go_on": ["接着写", "Go on writing"],' +
'"visit.how_at": ["{door}，怎么样", "{door}: how was it"],' +
'"visit.imported": ["台账导入", "from the ledger"],' +
'"visit.imported_say": ["这一条从走访台账来。", "This one came from the visits ledger."],' +
'"visit.late": ["补录 {on}", "added {on}"],' +
'"visit.late_say": ["补录：{on}去的，{came}送到。", "Added later: visited {on}, arrived {came}."],' +
'"visit.met_whom": ["见到{who}", "met {who}"],' +
'"visit.mode_why": ["{weekday}{part}，先选了{mode}", "{weekday} {part}: {mode} chosen"],' +
'"visit.next": ["下次", "Next time"],' +
'"visit.next_day": ["哪一天", "Which day"],' +
'"visit.next_keep": ["还按 {on}", "Keep {on}"],' +
'"visit.next_none": ["不用约", "Nothing set"],' +
'"visit.next_on": ["约了 {on}", "promised {on}"],' +
'"visit.next_pick": ["选日子", "Pick a day"],' +
'"visit.next_saturday": ["周六 {on}", "Sat {on}"],' +
'"visit.next_stands": ["约好 {on}再来，到那天见到人才算。选了新日子，就按新的。", "Promised for {on}: it stands until somebody is met then. A new day takes its place."],' +
'"visit.next_week": ["下{weekday}", "Next {weekday}"],' +
'"visit.one": ["一次走访", "One visit"],' +
'"visit.one_day": ["{on}走访", "Visit of {on}"],' +
'"visit.photo_add": ["加照片", "Add a photo"],' +
'"visit.photo_n": ["第 {n} 张照片", "Photo {n}"],' +
'"visit.photos": ["{n} 张照片", {"one": "{n} photo", "other": "{n} photos"}],' +
'"visit.photos_there": ["送到 {n} 张", "{n} arrived"],' +
'"visit.private": ["只给站里看，这部手机存好后也看不到", "For the station alone: once kept, this phone cannot show it either"],' +
'"visit.private_again": ["原来的话在站里，这里看不到。不写新的，就还是原来的。", "What was said is at the station and not shown here. Write nothing new, and it stays."],' +
'"visit.private_kept": ["只给站里看，这里不显示。", "For the station alone; not shown here."],' +
'"visit.private_say": ["写的话、见到谁、照片和录音，只有站长和网格长在站里看得到。", "Words, who was met, photos and voice notes are seen by the station master and the grid\'s leader at the station only."],' +
'"visit.quick.all_well": ["一切正常", "All well"],' +
'"visit.quick.no_answer": ["没人应", "No answer"],' +
'"visit.record": ["记走访", "Write it down"],' +
'"visit.record_home": ["记{name}家", "{name}"],' +
'"visit.said": ["说了什么", "What was said"],' +
'"visit.said_nothing": ["没写别的。", "Nothing else was written."],' +
'"visit.save": ["存下", "Keep"],' +
'"visit.saved": ["记下了：{result}。", "Written down: {result}."],' +
'"visit.saved_change": ["改", "Correct"],' +
'"visit.saved_next": ["下一户", "Next door"],' +
'"visit.time.counted": ["认定", "Counted as"],' +
'"visit.time.happened": ["去的", "Visited"],' +
'"visit.time.received": ["到服务器", "Arrived"],' +
'"visit.time.wrote": ["手机写的", "Written"],' +
'"visit.times": ["什么时候", "When"],' +
'"visit.together": ["和{who}一起", "with {who}"],' +
'"visit.twice": ["可能重复", "perhaps doubled"],' +
'"visit.voice_add": ["录一段话", "Say it"],' +
'"visit.voice_file": ["加录音", "Add a voice note"],' +
'"visit.voice_n": ["第 {n} 段录音", "Voice note {n}"],' +
'"visit.voice_s": ["{n} 秒", "{n} s"],' +
'"visit.voice_stop": ["正在录 {s} 秒，点这里停", "Recording {s} s, tap to stop"],' +
'"visit.voices": ["{n} 段录音", {"one": "{n} voice note", "other": "{n} voice notes"}],' +
'"visit.voices_there": ["送到 {n} 段", "{n} arrived"],' +
'"visit.when": ["什么时候去的", "When it was"],' +
'"visit.when_else": ["不是刚才去的？改时间", "Not just now? Set the time"],' +
'"visit.when_keep": ["不写就不改", "empty keeps it"],' +
'"visit.when_say": ["不写就是现在", "empty means now"],' +
'"visit.which": ["哪种走访", "Which kind"],' +
'"visit.who_met": ["见到谁", "Whom you met"],' +
'"visit.whole": ["全文", "All of it"],' +
'"visit.words": ["还说了什么", "Anything else said"],' +
'"word.address": ["{building}{entrance}单元{room}", "{building}, entrance {entrance}, {room}"],' +
'"word.address_plain": ["{building}{room}", "{building}, {room}"],' +
'"word.age.days": ["{n}天", "{n} d"],' +
'"word.age.never": ["没见到", "not met"],' +
'"word.age.shop": ["店", "shop"],' +
'"word.age.today": ["今天", "today"],' +
'"word.age.vacant": ["空房", "empty"],' +
'"word.and": ["、", ", "],' +
'"word.app": ["四访", "Sifang"],' +
'"word.ask.difficulty": ["问难", "Hardship"],' +
'"word.ask.effect": ["问效", "Result"],' +
'"word.ask.idea": ["问计", "Idea"],' +
'"word.ask.need": ["问需", "Need"],' +
'"word.cadence.monthly": ["每月一次", "monthly"],' +
'"word.cadence.quarterly": ["每季一次", "quarterly"],' +
'"word.cadence.weekly": ["每周一次", "weekly"],' +
'"word.care.ok": ["放心", "fine"],' +
'"word.care.urgent": ["要紧", "urgent"],' +
'"word.care.watch": ["留意", "keep an eye"],' +
'"word.colon": ["：", ": "],' +
'"word.comma": ["，", ", "],' +
'"word.deceased.no": ["健在", "living"],' +
'"word.deceased.yes": ["已去世", "has died"],' +
'"word.entrance": ["{entrance}单元", "Entrance {entrance}"],' +
'"word.fact.birth_year": ["生年", "Born"],' +
'"word.fact.contact": ["称呼", "Called"],' +
'"word.fact.deceased": ["在世", "Living"],' +
'"word.fact.headcount": ["常住", "People"],' +
'"word.fact.lives_here": ["住处", "Lives"],' +
'"word.fact.name": ["称呼", "Called"],' +
'"word.fact.note": ["备注", "Note"],' +
'"word.fact.occupancy": ["房子", "Home"],' +
'"word.fact.phone": ["电话", "Phone"],' +
'"word.fact.relation": ["关系", "Relation"],' +
'"word.floor": ["{floor}层", "{floor}F"],' +
'"word.floor_below": ["负{floor}", "B{floor}"],' +
'"word.homes": ["{n} 户", {"one": "{n} home", "other": "{n} homes"}],' +
'"word.html_lang": ["zh-CN", "en"],' +
'"word.id_like": ["像是身份证号。用不着就删掉，这里不用记它。", "This looks like an identity card number. If it is not needed, take it out: it is not kept here."],' +
'"word.kind.basement": ["地下室", "Basement"],' +
'"word.kind.bungalow": ["平房", "Bungalow"],' +
'"word.kind.home": ["住家", "Home"],' +
'"word.kind.other": ["别的", "Other"],' +
'"word.kind.shop": ["店", "Shop"],' +
'"word.lives_here.no": ["不同住", "Lives elsewhere"],' +
'"word.lives_here.yes": ["住这里", "Lives here"],' +
'"word.mark.care": ["关爱", "care"],' +
'"word.mark.differ": ["两种写法", "two values"],' +
'"word.mark.due": ["该去了", "due"],' +
'"word.mark.knock": ["敲过，没见到人", "knocked, met nobody"],' +
'"word.mark.promise": ["约好再去", "promised"],' +
'"word.mark.unsent": ["未上传", "not sent"],' +
'"word.mode.door": ["入户", "at the door"],' +
'"word.mode.night": ["夜访", "evening"],' +
'"word.mode.reception": ["来访", "came to us"],' +
'"word.mode.weekend": ["周末", "weekend"],' +
'"word.no_entrance": ["没写单元", "No entrance"],' +
'"word.occupancy.owner": ["自住", "Owner lives here"],' +
'"word.occupancy.rented": ["出租", "Rented"],' +
'"word.occupancy.shop": ["店", "Shop"],' +
'"word.occupancy.unknown": ["不清楚", "Not known"],' +
'"word.occupancy.vacant": ["空房", "Empty"],' +
'"word.part.afternoon": ["下午", "afternoon"],' +
'"word.part.evening": ["晚上", "evening"],' +
'"word.part.morning": ["上午", "morning"],' +
'"word.part.noon": ["中午", "noon"],' +
'"word.receipt.phone": ["已存手机", "Kept on phone"],' +
'"word.receipt.proved": ["已核验", "Verified"],' +
'"word.receipt.proved_wait": ["等核验", "Waits for proof"],' +
'"word.receipt.server": ["已到服务器", "On the server"],' +
'"word.receipt.server_wait": ["等到服务器", "Waits for server"],' +
'"word.result.inconvenient": ["不方便", "busy"],' +
'"word.result.met": ["见到人", "met"],' +
'"word.result.moved": ["搬走了", "moved out"],' +
'"word.result.no_answer": ["没人应", "no answer"],' +
'"word.result.refused": ["不愿开", "declined"],' +
'"word.result.vacant": ["空房", "empty"],' +
'"word.said.days": ["{n}天前有人应", {"one": "answered {n} day ago", "other": "answered {n} days ago"}],' +
'"word.said.never": ["还没见到人", "nobody met yet"],' +
'"word.said.shop": ["店", "shop"],' +
'"word.said.today": ["今天有人应过", "answered today"],' +
'"word.said.vacant": ["空房", "empty home"],' +
'"word.skip": ["跳到正文", "Skip to the page"],' +
'"word.stop": ["。", ". "],' +
'"word.tabs": ["主菜单", "Main menu"],' +
'"word.tag.bereaved_parents": ["失独家庭", "bereaved parents"],' +
'"word.tag.child_hardship": ["困境儿童", "child in hardship"],' +
'"word.tag.disabled": ["残疾人", "disabled"],' +
'"word.tag.elder_alone": ["独居老人", "elder living alone"],' +
'"word.tag.elder_couple": ["老两口", "elder couple"],' +
'"word.tag.floating": ["外来住户", "from elsewhere"],' +
'"word.tag.left_behind_child": ["留守儿童", "left-behind child"],' +
'"word.tag.low_income": ["低保户", "low income"],' +
'"word.tag.veteran": ["退役军人", "veteran"],' +
'"word.way.door": ["上门", "at the door"],' +
'"word.way.met": ["路上碰到", "met outside"],' +
'"word.way.phone": ["打电话", "by telephone"],' +
'"word.where": ["{building}{entrance}单元", "{building}, entrance {entrance}"],' +
'"word.where_plain": ["{building}", "{building}"],' +
'"word.whole": ["全部", "All of it"]}';

/** @param {number} at */
const said = at => Object.fromEntries(Object.entries(JSON.parse(words)).map(([key, both]) => [key, both[at]]));

/** Each language is read when its first word is asked for. @type {Record<string, Record<string, any>>} */
export const catalogues = {};
['zh', 'en'].forEach((lang, at) => {
  const be = (/** @type {any} */ value) => Object.defineProperty(catalogues, lang, { value, writable: true });
  Object.defineProperty(catalogues, lang, { get: () => be(said(at))[lang], configurable: true, enumerable: true });
});
