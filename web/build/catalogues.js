// Made by `python -m tools.compile_templates` from web/catalogues/: change those, not this.
const keys = '["actions.done",' +
'"actions.due",' +
'"actions.late",' +
'"actions.title",' +
'"asked.answer",' +
'"asked.by",' +
'"asked.today",' +
'"blob.say.busy",' +
'"blob.say.full",' +
'"blob.say.large",' +
'"blob.say.long",' +
'"blob.say.low",' +
'"blob.say.no_voice",' +
'"blob.say.photos_max",' +
'"blob.say.unreadable",' +
'"blob.say.voices_max",' +
'"blob.wrong.broken",' +
'"blob.wrong.full",' +
'"blob.wrong.kind",' +
'"blob.wrong.large",' +
'"blob.wrong.many",' +
'"blob.wrong.metadata",' +
'"blob.wrong.pixels",' +
'"care.after_end",' +
'"care.all",' +
'"care.back",' +
'"care.by",' +
'"care.checks",' +
'"care.checks_none",' +
'"care.due",' +
'"care.due_say",' +
'"care.emergency",' +
'"care.ended",' +
'"care.last",' +
'"care.later",' +
'"care.major",' +
'"care.never",' +
'"care.none",' +
'"care.none_then",' +
'"care.others",' +
'"care.saved",' +
'"care.title",' +
'"care.today",' +
'"care.undo",' +
'"care.undone",' +
'"care.urgent",' +
'"care.way",' +
'"care.well",' +
'"care.words",' +
'"care.words_how",' +
'"carry.aside",' +
'"carry.drop",' +
'"carry.file",' +
'"carry.file_name",' +
'"carry.fork",' +
'"carry.fresh",' +
'"carry.full",' +
'"carry.how",' +
'"carry.keep",' +
'"carry.kept",' +
'"carry.known",' +
'"carry.link",' +
'"carry.none",' +
'"carry.not_capsule",' +
'"carry.problem.bad_signature",' +
'"carry.problem.chain_gap",' +
'"carry.problem.not_capsule",' +
'"carry.problem.not_sealed_to_us",' +
'"carry.problem.other",' +
'"carry.problem.unknown_device",' +
'"carry.say",' +
'"carry.say_server",' +
'"carry.send",' +
'"carry.sent",' +
'"carry.share",' +
'"carry.share_none",' +
'"carry.since",' +
'"carry.take",' +
'"carry.take_one",' +
'"carry.take_say",' +
'"carry.title",' +
'"carry.too_large",' +
'"carry.too_old",' +
'"carry.waits",' +
'"elder.answer",' +
'"elder.app",' +
'"elder.call",' +
'"elder.call.110",' +
'"elder.call.119",' +
'"elder.call.120",' +
'"elder.call_danger",' +
'"elder.call_how",' +
'"elder.call_none",' +
'"elder.check.ok",' +
'"elder.check.urgent",' +
'"elder.check.watch",' +
'"elder.check_ask",' +
'"elder.check_text",' +
'"elder.due",' +
'"elder.easier",' +
'"elder.easier_kept",' +
'"elder.easier_say",' +
'"elder.hello.afternoon",' +
'"elder.hello.evening",' +
'"elder.hello.morning",' +
'"elder.hello.noon",' +
'"elder.home",' +
'"elder.install",' +
'"elder.install_android",' +
'"elder.install_iphone",' +
'"elder.install_iphone_say",' +
'"elder.install_put",' +
'"elder.install_say",' +
'"elder.install_which",' +
'"elder.mine",' +
'"elder.mine_blob_waits",' +
'"elder.mine_check",' +
'"elder.mine_how",' +
'"elder.mine_none",' +
'"elder.mine_photo",' +
'"elder.mine_voice",' +
'"elder.missing",' +
'"elder.missing_then",' +
'"elder.nobody_named",' +
'"elder.offline",' +
'"elder.other_lang",' +
'"elder.other_lang_word",' +
'"elder.photo",' +
'"elder.photos_max",' +
'"elder.read",' +
'"elder.read_stop",' +
'"elder.report",' +
'"elder.report_how",' +
'"elder.report_more",' +
'"elder.report_say",' +
'"elder.seen_days",' +
'"elder.seen_never",' +
'"elder.seen_today",' +
'"elder.send",' +
'"elder.sent",' +
'"elder.sent_check",' +
'"elder.size",' +
'"elder.size.1",' +
'"elder.size.2",' +
'"elder.size.3",' +
'"elder.state.phone",' +
'"elder.state.server",' +
'"elder.state.withdrawn",' +
'"elder.state_sent",' +
'"elder.state_unsent",' +
'"elder.task.call",' +
'"elder.task.home",' +
'"elder.task.mine",' +
'"elder.task.report",' +
'"elder.task.visits",' +
'"elder.undo",' +
'"elder.undo_left",' +
'"elder.urgent",' +
'"elder.urgent_then",' +
'"elder.visit_more",' +
'"elder.visits",' +
'"elder.visits_due",' +
'"elder.visits_how",' +
'"elder.visits_none",' +
'"elder.voice",' +
'"elder.voice_stop",' +
'"elder.voices_max",' +
'"elder.waiting",' +
'"elder.withdrawn",' +
'"elder.withdrawn_then",' +
'"elder.words",' +
'"emergency.110",' +
'"emergency.119",' +
'"emergency.120",' +
'"emergency.after",' +
'"emergency.duty",' +
'"emergency.no_duty",' +
'"emergency.numbers",' +
'"emergency.say",' +
'"emergency.write",' +
'"emergency.written",' +
'"erase.after.backups",' +
'"erase.after.phones",' +
'"erase.back.boards",' +
'"erase.back.household",' +
'"erase.back.visit",' +
'"erase.by",' +
'"erase.done",' +
'"erase.existed",' +
'"erase.go",' +
'"erase.goes",' +
'"erase.goes.blobs",' +
'"erase.goes.household",' +
'"erase.goes.phones",' +
'"erase.goes.resident",' +
'"erase.goes.residents",' +
'"erase.goes.visit",' +
'"erase.goes.visits",' +
'"erase.leave",' +
'"erase.link.household",' +
'"erase.link.resident",' +
'"erase.link.visit",' +
'"erase.near",' +
'"erase.near.answer",' +
'"erase.near.log",' +
'"erase.near.note",' +
'"erase.no_undo",' +
'"erase.recorded",' +
'"erase.say.household",' +
'"erase.say.named",' +
'"erase.say.resident",' +
'"erase.say.visit",' +
'"erase.stays",' +
'"erase.stays.door",' +
'"erase.stays.headers",' +
'"erase.stays.home",' +
'"erase.stays.outside",' +
'"erase.stays.see",' +
'"erase.stays.this",' +
'"erase.stays.visits",' +
'"erase.stays.words",' +
'"erase.sure",' +
'"erase.title",' +
'"erase.why",' +
'"erase.why.asked",' +
'"erase.why.died",' +
'"erase.why.not_allowed",' +
'"erase.why.not_needed",' +
'"erase.why.other",' +
'"erase.why.wrong_person",' +
'"erase.word",' +
'"erase.wrong.sure",' +
'"erase.wrong.why",' +
'"facts.apart",' +
'"facts.asked",' +
'"facts.changed",' +
'"facts.dead",' +
'"facts.deceased_note",' +
'"facts.emptied",' +
'"facts.emptied_ask",' +
'"facts.leaving",' +
'"facts.proposed.deceased",' +
'"facts.proposed.lives_here",' +
'"facts.proposed.occupancy",' +
'"facts.proposed.tag",' +
'"facts.proposed_you.deceased",' +
'"facts.proposed_you.lives_here",' +
'"facts.proposed_you.occupancy",' +
'"facts.proposed_you.tag",' +
'"facts.saw",' +
'"facts.saw_nothing",' +
'"facts.settled",' +
'"facts.stands",' +
'"facts.tag_given",' +
'"facts.tag_gone",' +
'"facts.tag_keep",' +
'"facts.tag_kept",' +
'"facts.tag_off",' +
'"facts.take_back",' +
'"facts.undo",' +
'"facts.waits",' +
'"facts.waits_you",' +
'"facts.written",' +
'"facts.wrote",' +
'"field.add.building",' +
'"field.add.contact_hint",' +
'"field.add.entrance",' +
'"field.add.floor",' +
'"field.add.hint",' +
'"field.add.kind",' +
'"field.add.known",' +
'"field.add.open",' +
'"field.add.room",' +
'"field.add.row.bungalows",' +
'"field.add.row.shops",' +
'"field.add.save",' +
'"field.add.there",' +
'"field.add.title",' +
'"field.arriving.bar",' +
'"field.arriving.part",' +
'"field.arriving.say",' +
'"field.arriving.then",' +
'"field.arriving.title",' +
'"field.back_board",' +
'"field.back_doors",' +
'"field.back_home",' +
'"field.back_today",' +
'"field.care.urgent",' +
'"field.care.watch",' +
'"field.doors.add",' +
'"field.doors.add_on",' +
'"field.doors.bungalows",' +
'"field.doors.empty",' +
'"field.doors.empty_arriving",' +
'"field.doors.legend",' +
'"field.doors.loose",' +
'"field.doors.none",' +
'"field.doors.porch",' +
'"field.doors.shops",' +
'"field.doors.step_1",' +
'"field.doors.step_2",' +
'"field.doors.step_3",' +
'"field.doors.step_4",' +
'"field.doors.strip",' +
'"field.doors.sum",' +
'"field.doors.sum_due",' +
'"field.doors.switch",' +
'"field.easier.back",' +
'"field.easier.kept",' +
'"field.easier.label",' +
'"field.easier.leave",' +
'"field.easier.link",' +
'"field.easier.save",' +
'"field.easier.say",' +
'"field.easier.title",' +
'"field.error.not_kept",' +
'"field.error.phone_full",' +
'"field.error.some",' +
'"field.fact.choose",' +
'"field.fact.edit",' +
'"field.fact.headcount_n",' +
'"field.fact.same",' +
'"field.fact.two",' +
'"field.fact.unknown",' +
'"field.facts",' +
'"field.find.count",' +
'"field.find.hint",' +
'"field.find.label",' +
'"field.find.more",' +
'"field.find.none",' +
'"field.half",' +
'"field.half.correction",' +
'"field.half.door",' +
'"field.half.door_at",' +
'"field.half.fact",' +
'"field.half.note",' +
'"field.half.patrol",' +
'"field.half.resident",' +
'"field.half.suggestion",' +
'"field.half.visit",' +
'"field.holds_nothing",' +
'"field.home_of",' +
'"field.household",' +
'"field.leave",' +
'"field.leave_new",' +
'"field.met.days",' +
'"field.met.knocked",' +
'"field.met.knocked_today",' +
'"field.met.never",' +
'"field.met.today",' +
'"field.missing.find",' +
'"field.missing.moved",' +
'"field.missing.moved_then",' +
'"field.missing.page",' +
'"field.missing.page_then",' +
'"field.missing.say",' +
'"field.missing.then",' +
'"field.missing.title",' +
'"field.missing.untaken",' +
'"field.more.downloaded",' +
'"field.more.downloaded_never",' +
'"field.more.grid",' +
'"field.more.kept",' +
'"field.more.label",' +
'"field.more.language",' +
'"field.more.not_kept",' +
'"field.more.phone",' +
'"field.more.phone_of",' +
'"field.more.station",' +
'"field.more.station_say",' +
'"field.more.storage",' +
'"field.more.used",' +
'"field.more.used_of",' +
'"field.more.version",' +
'"field.more.waiting",' +
'"field.more.waiting_say",' +
'"field.more.waiting_short",' +
'"field.more.waiting_take",' +
'"field.notes",' +
'"field.notes.elsewhere",' +
'"field.notes.keep",' +
'"field.notes.made",' +
'"field.notes.none",' +
'"field.notes.say",' +
'"field.notes.take",' +
'"field.notes.title",' +
'"field.outgoing.before",' +
'"field.outgoing.none",' +
'"field.outgoing.today",' +
'"field.people",' +
'"field.people.add",' +
'"field.people.add_on",' +
'"field.people.born",' +
'"field.people.call",' +
'"field.people.edit",' +
'"field.people.elsewhere",' +
'"field.people.name_hint",' +
'"field.people.none",' +
'"field.people.relation_hint",' +
'"field.people.save",' +
'"field.people.unnamed",' +
'"field.pick.board",' +
'"field.pick.due",' +
'"field.pick.recent",' +
'"field.pick.title",' +
'"field.promise.ahead",' +
'"field.promise.passed",' +
'"field.promise.today",' +
'"field.reports",' +
'"field.restricted",' +
'"field.save",' +
'"field.tab.doors",' +
'"field.tab.more",' +
'"field.tab.outbox",' +
'"field.tab.outbox_n",' +
'"field.tab.today",' +
'"field.tags",' +
'"field.tags.edit",' +
'"field.tags.hint",' +
'"field.tags.none",' +
'"field.today.all",' +
'"field.today.done",' +
'"field.today.due_going",' +
'"field.today.due_start",' +
'"field.today.empty",' +
'"field.today.empty_arriving",' +
'"field.today.empty_then",' +
'"field.today.fewer",' +
'"field.today.finished",' +
'"field.today.further",' +
'"field.today.later",' +
'"field.today.next",' +
'"field.today.no_grid",' +
'"field.today.no_grid_then",' +
'"field.today.no_grid_unsent",' +
'"field.today.nothing",' +
'"field.today.offline",' +
'"field.today.record",' +
'"field.today.rest",' +
'"field.today.rest_answered",' +
'"field.today.rest_no_answer",' +
'"field.today.rest_other",' +
'"field.today.so_far",' +
'"field.visits",' +
'"field.visits.more",' +
'"field.visits.none",' +
'"field.visits.year",' +
'"field.why.care_urgent",' +
'"field.why.care_watch",' +
'"field.why.knocked",' +
'"field.why.long",' +
'"field.why.never",' +
'"field.why.promise_on",' +
'"field.why.promise_today",' +
'"field.why.word_promise",' +
'"field.why.word_today",' +
'"form.before",' +
'"form.building",' +
'"form.bungalow",' +
'"form.choose",' +
'"form.day",' +
'"form.exists",' +
'"form.future",' +
'"form.moment",' +
'"form.names",' +
'"form.number",' +
'"form.order",' +
'"form.patrol_note",' +
'"form.phone",' +
'"form.report",' +
'"form.result",' +
'"form.room",' +
'"form.shop",' +
'"form.somebody",' +
'"form.suggestion",' +
'"form.summary",' +
'"form.too_long.10000",' +
'"form.too_long.20",' +
'"form.too_long.2000",' +
'"form.too_long.30",' +
'"form.too_long.500",' +
'"form.too_long.60",' +
'"form.which_day",' +
'"form.whistle",' +
'"form.whistle_why",' +
'"form.year",' +
'"items.back_followups",' +
'"items.back_to",' +
'"items.beside",' +
'"items.dated",' +
'"items.do",' +
'"items.followups",' +
'"items.followups_n",' +
'"items.followups_none",' +
'"items.from_visit",' +
'"items.kept",' +
'"items.kind.effect",' +
'"items.kind.mediation",' +
'"items.kind.need",' +
'"items.kind.problem",' +
'"items.kind.promise",' +
'"items.kind.proposal",' +
'"items.mediation_alone",' +
'"items.mediation_new",' +
'"items.next",' +
'"items.note",' +
'"items.of.action",' +
'"items.of.order",' +
'"items.of.promise",' +
'"items.of.revisit",' +
'"items.open",' +
'"items.open_none",' +
'"items.rated",' +
'"items.rates",' +
'"items.rates_other",' +
'"items.rating.basic",' +
'"items.rating.not",' +
'"items.rating.satisfied",' +
'"items.record",' +
'"items.record.agreement",' +
'"items.record.facts",' +
'"items.record.mediators",' +
'"items.record.parties",' +
'"items.record.performance",' +
'"items.record.requests",' +
'"items.record.revisit_on",' +
'"items.record.source",' +
'"items.record.type",' +
'"items.record_known",' +
'"items.same",' +
'"items.source.applied",' +
'"items.source.proactive",' +
'"items.spoken",' +
'"items.state.accepted",' +
'"items.state.agreed_oral",' +
'"items.state.agreed_written",' +
'"items.state.done",' +
'"items.state.dropped",' +
'"items.state.failed",' +
'"items.state.filed",' +
'"items.state.matched",' +
'"items.state.mediating",' +
'"items.state.new",' +
'"items.state.project",' +
'"items.state.rated",' +
'"items.state.referred",' +
'"items.state.registered",' +
'"items.state.revisit",' +
'"items.state.self_resolved",' +
'"items.state.taken",' +
'"items.state.withdrawn",' +
'"items.step.accepted",' +
'"items.step.agreed_oral",' +
'"items.step.agreed_written",' +
'"items.step.done",' +
'"items.step.dropped",' +
'"items.step.failed",' +
'"items.step.filed",' +
'"items.step.matched",' +
'"items.step.mediating",' +
'"items.step.new",' +
'"items.step.project",' +
'"items.step.referred",' +
'"items.step.revisit",' +
'"items.step.self_resolved",' +
'"items.step.taken",' +
'"items.step.withdrawn",' +
'"items.still",' +
'"items.story",' +
'"items.summary",' +
'"items.tell",' +
'"items.tell_what",' +
'"items.told",' +
'"items.turn.mediation",' +
'"items.turn.need",' +
'"items.turn.problem",' +
'"items.turn.proposal",' +
'"items.turns",' +
'"items.turns_how",' +
'"items.when.overdue",' +
'"items.when.today",' +
'"items.words",' +
'"log.added",' +
'"log.added.answer",' +
'"log.added.check",' +
'"log.added_say",' +
'"log.again",' +
'"log.by_itself",' +
'"log.cares",' +
'"log.checks",' +
'"log.counted",' +
'"log.figures",' +
'"log.grids",' +
'"log.item_raised",' +
'"log.items",' +
'"log.kept",' +
'"log.kept_here",' +
'"log.late",' +
'"log.late_n",' +
'"log.left",' +
'"log.more",' +
'"log.more_say",' +
'"log.nobody",' +
'"log.none",' +
'"log.none_day",' +
'"log.order_doors",' +
'"log.other",' +
'"log.others",' +
'"log.promises",' +
'"log.promises_kept",' +
'"log.returned",' +
'"log.returned_day",' +
'"log.say.amended",' +
'"log.say.returned",' +
'"log.say.reviewed",' +
'"log.say.submitted",' +
'"log.send",' +
'"log.somewhere",' +
'"log.state.amended",' +
'"log.state.open",' +
'"log.state.returned",' +
'"log.state.reviewed",' +
'"log.state.submitted",' +
'"log.state.unsent",' +
'"log.title",' +
'"log.title_day",' +
'"log.today",' +
'"log.unsent",' +
'"log.visits",' +
'"log.visits_n",' +
'"log.words",' +
'"log.words_how",' +
'"order.again",' +
'"order.away",' +
'"order.both",' +
'"order.check",' +
'"order.confirmed",' +
'"order.door.left",' +
'"order.door.part",' +
'"order.door.two",' +
'"order.door.well",' +
'"order.door.wrong",' +
'"order.doors",' +
'"order.due",' +
'"order.due_today",' +
'"order.found.well",' +
'"order.from",' +
'"order.gone",' +
'"order.late",' +
'"order.list",' +
'"order.note",' +
'"order.ok.no",' +
'"order.ok.none",' +
'"order.ok.yes",' +
'"order.points",' +
'"order.redo",' +
'"order.redo_short",' +
'"order.report",' +
'"order.reported",' +
'"order.reported_unsent",' +
'"order.state.reported",' +
'"order.sum",' +
'"order.title",' +
'"order.well",' +
'"order.withdrawn",' +
'"order.withdrawn_short",' +
'"order.withdrawn_then",' +
'"order.wrote",' +
'"outbox.again.network",' +
'"outbox.again.server",' +
'"outbox.all_sent",' +
'"outbox.arrived",' +
'"outbox.arrived_never",' +
'"outbox.arrived_today",' +
'"outbox.aside.already_in",' +
'"outbox.aside.bad_body",' +
'"outbox.aside.decided",' +
'"outbox.aside.erased",' +
'"outbox.aside.fold_error",' +
'"outbox.aside.fork",' +
'"outbox.aside.needs_decision",' +
'"outbox.aside.not_author",' +
'"outbox.aside.other",' +
'"outbox.aside.out_of_scope",' +
'"outbox.aside.revoked",' +
'"outbox.aside.sealed",' +
'"outbox.aside.unknown_entity",' +
'"outbox.aside.unknown_kind",' +
'"outbox.aside.unknown_tag",' +
'"outbox.at_server",' +
'"outbox.blobs_waiting",' +
'"outbox.checked",' +
'"outbox.checked_of",' +
'"outbox.corrected",' +
'"outbox.count",' +
'"outbox.declined",' +
'"outbox.doubt",' +
'"outbox.doubt_then",' +
'"outbox.empty",' +
'"outbox.half_drop",' +
'"outbox.half_send",' +
'"outbox.halves",' +
'"outbox.halves_say",' +
'"outbox.kind.action_done",' +
'"outbox.kind.building_added",' +
'"outbox.kind.care_check_made",' +
'"outbox.kind.care_check_undone",' +
'"outbox.kind.daily_log_sent",' +
'"outbox.kind.household_added",' +
'"outbox.kind.household_stated",' +
'"outbox.kind.household_undone",' +
'"outbox.kind.item_moved",' +
'"outbox.kind.item_raised",' +
'"outbox.kind.item_rated",' +
'"outbox.kind.item_told",' +
'"outbox.kind.item_withdrawn",' +
'"outbox.kind.order_answered",' +
'"outbox.kind.order_reported",' +
'"outbox.kind.other",' +
'"outbox.kind.patrol_ended",' +
'"outbox.kind.patrol_noted",' +
'"outbox.kind.patrol_started",' +
'"outbox.kind.patrol_withdrawn",' +
'"outbox.kind.resident_added",' +
'"outbox.kind.resident_stated",' +
'"outbox.kind.resident_tagged",' +
'"outbox.kind.resident_undone",' +
'"outbox.kind.suggestion_made",' +
'"outbox.kind.visit_corrected",' +
'"outbox.kind.visit_kept",' +
'"outbox.kind.visit_recorded",' +
'"outbox.kind.visit_settled",' +
'"outbox.kind.visit_undone",' +
'"outbox.kind.whistle_moved",' +
'"outbox.kind.whistle_raised",' +
'"outbox.kind.whistle_told",' +
'"outbox.of.resident_added",' +
'"outbox.of.resident_stated",' +
'"outbox.of.resident_tagged",' +
'"outbox.of.resident_undone",' +
'"outbox.on_way",' +
'"outbox.problem.network",' +
'"outbox.problem.server",' +
'"outbox.problem.unknown_device",' +
'"outbox.released",' +
'"outbox.released_why",' +
'"outbox.restored",' +
'"outbox.restored_then",' +
'"outbox.revoked",' +
'"outbox.revoked_then",' +
'"outbox.safe",' +
'"outbox.same",' +
'"outbox.sent",' +
'"outbox.set_aside",' +
'"outbox.some_time.network",' +
'"outbox.some_time.server",' +
'"outbox.tag_add",' +
'"outbox.tag_remove",' +
'"outbox.try",' +
'"outbox.unknown_device_do",' +
'"outbox.wait",' +
'"outbox.wait_n",' +
'"outbox.waiting",' +
'"patrol.again",' +
'"patrol.back",' +
'"patrol.before.am",' +
'"patrol.before.pm",' +
'"patrol.before_how",' +
'"patrol.below",' +
'"patrol.beside",' +
'"patrol.changes",' +
'"patrol.changes_lately",' +
'"patrol.doors",' +
'"patrol.due",' +
'"patrol.due_only",' +
'"patrol.end",' +
'"patrol.forgotten",' +
'"patrol.going",' +
'"patrol.hazards",' +
'"patrol.hours",' +
'"patrol.look",' +
'"patrol.minutes",' +
'"patrol.moment",' +
'"patrol.more_say",' +
'"patrol.n",' +
'"patrol.note",' +
'"patrol.note_again",' +
'"patrol.note_alone",' +
'"patrol.notes",' +
'"patrol.nothing",' +
'"patrol.nowhere",' +
'"patrol.on_board",' +
'"patrol.on_floor",' +
'"patrol.once_more",' +
'"patrol.open",' +
'"patrol.over",' +
'"patrol.part.am",' +
'"patrol.part.pm",' +
'"patrol.running",' +
'"patrol.running_since",' +
'"patrol.save",' +
'"patrol.saved",' +
'"patrol.short",' +
'"patrol.start",' +
'"patrol.sum",' +
'"patrol.tap_door",' +
'"patrol.title",' +
'"patrol.to_log",' +
'"patrol.today.done_am",' +
'"patrol.today.done_pm",' +
'"patrol.today.open_am",' +
'"patrol.today.open_pm",' +
'"patrol.today.running",' +
'"patrol.unknown",' +
'"patrol.what",' +
'"patrol.what.change",' +
'"patrol.what.demand",' +
'"patrol.what.dispute",' +
'"patrol.what.problem",' +
'"patrol.where",' +
'"patrol.withdraw",' +
'"patrol.words",' +
'"phone.keeping.done",' +
'"phone.keeping.fetch",' +
'"phone.keeping.plain",' +
'"phone.keeping.waiting",' +
'"phone.trouble.back",' +
'"phone.trouble.broken",' +
'"phone.trouble.broken_more",' +
'"phone.trouble.code",' +
'"phone.trouble.empty",' +
'"phone.trouble.empty_more",' +
'"phone.trouble.gone",' +
'"phone.trouble.gone_more",' +
'"phone.trouble.online",' +
'"phone.trouble.online_more",' +
'"phone.trouble.unsaved",' +
'"phone.trouble.unsaved_more",' +
'"stand.due",' +
'"stand.for",' +
'"stand.items",' +
'"stand.no_phone",' +
'"stand.phone",' +
'"stand.silent",' +
'"stand.until",' +
'"vault.choose",' +
'"vault.choose_again",' +
'"vault.choose_again_say",' +
'"vault.choose_say",' +
'"vault.closing",' +
'"vault.erase",' +
'"vault.first",' +
'"vault.forget_say",' +
'"vault.forgot",' +
'"vault.forgot_safe",' +
'"vault.forgot_say",' +
'"vault.keep",' +
'"vault.kept_edit",' +
'"vault.kept_form",' +
'"vault.kept_note",' +
'"vault.lock",' +
'"vault.lock_say",' +
'"vault.lock_title",' +
'"vault.locked",' +
'"vault.note",' +
'"vault.note_hint",' +
'"vault.note_in_hand",' +
'"vault.note_keep",' +
'"vault.note_say",' +
'"vault.nothing_waits",' +
'"vault.open",' +
'"vault.opening",' +
'"vault.passkey",' +
'"vault.passkey_beside",' +
'"vault.passkey_cannot",' +
'"vault.passkey_make",' +
'"vault.passkey_making",' +
'"vault.passkey_on",' +
'"vault.passkey_open",' +
'"vault.passkey_pin",' +
'"vault.passkey_remove",' +
'"vault.passkey_say",' +
'"vault.passkey_stopped",' +
'"vault.passkey_undone",' +
'"vault.passkey_wait",' +
'"vault.people",' +
'"vault.people_say",' +
'"vault.person",' +
'"vault.pin",' +
'"vault.place",' +
'"vault.second",' +
'"vault.wait",' +
'"vault.wait_minutes",' +
'"vault.waiting",' +
'"vault.wrong_easy",' +
'"vault.wrong_pin",' +
'"vault.wrong_shape",' +
'"vault.wrong_twice",' +
'"visit.ask.difficulty",' +
'"visit.ask.effect",' +
'"visit.ask.idea",' +
'"visit.ask.need",' +
'"visit.asks",' +
'"visit.asks_how",' +
'"visit.before",' +
'"visit.before_elsewhere",' +
'"visit.before_n",' +
'"visit.blob_on_way",' +
'"visit.blob_refused.broken",' +
'"visit.blob_refused.gone",' +
'"visit.blob_refused.kind",' +
'"visit.blob_refused.metadata",' +
'"visit.blob_refused.pixels",' +
'"visit.blob_remove",' +
'"visit.blobs",' +
'"visit.blobs_and",' +
'"visit.blobs_hint",' +
'"visit.blobs_none_there",' +
'"visit.care",' +
'"visit.care_none",' +
'"visit.companions",' +
'"visit.companions_hint",' +
'"visit.correct",' +
'"visit.correct_of",' +
'"visit.correct_say",' +
'"visit.correct_title",' +
'"visit.corrected",' +
'"visit.draft_here",' +
'"visit.draft_kept",' +
'"visit.entered",' +
'"visit.entered_by",' +
'"visit.go_on",' +
'"visit.how_at",' +
'"visit.imported",' +
'"visit.imported_say",' +
'"visit.late",' +
'"visit.late_say",' +
'"visit.met_whom",' +
'"visit.mode_why",' +
'"visit.next",' +
'"visit.next_day",' +
'"visit.next_keep",' +
'"visit.next_none",' +
'"visit.next_on",' +
'"visit.next_pick",' +
'"visit.next_saturday",' +
'"visit.next_stands",' +
'"visit.next_week",' +
'"visit.one",' +
'"visit.one_day",' +
'"visit.photo_add",' +
'"visit.photo_n",' +
'"visit.photos",' +
'"visit.photos_there",' +
'"visit.private",' +
'"visit.private_again",' +
'"visit.private_kept",' +
'"visit.private_say",' +
'"visit.quick.all_well",' +
'"visit.quick.no_answer",' +
'"visit.record",' +
'"visit.record_home",' +
'"visit.said",' +
'"visit.said_nothing",' +
'"visit.save",' +
'"visit.saved",' +
'"visit.saved_change",' +
'"visit.saved_next",' +
'"visit.time.counted",' +
'"visit.time.happened",' +
'"visit.time.received",' +
'"visit.time.wrote",' +
'"visit.times",' +
'"visit.together",' +
'"visit.twice",' +
'"visit.voice_add",' +
'"visit.voice_file",' +
'"visit.voice_n",' +
'"visit.voice_s",' +
'"visit.voice_stop",' +
'"visit.voices",' +
'"visit.voices_there",' +
'"visit.when",' +
'"visit.when_else",' +
'"visit.when_keep",' +
'"visit.when_say",' +
'"visit.which",' +
'"visit.who_met",' +
'"visit.whole",' +
'"visit.words",' +
'"whistles.alike",' +
'"whistles.all",' +
'"whistles.back",' +
'"whistles.blow",' +
'"whistles.building",' +
'"whistles.building_none",' +
'"whistles.category",' +
'"whistles.category.none",' +
'"whistles.category.w01",' +
'"whistles.category.w02",' +
'"whistles.category.w03",' +
'"whistles.category.w04",' +
'"whistles.category.w05",' +
'"whistles.category.w06",' +
'"whistles.category.w07",' +
'"whistles.category.w08",' +
'"whistles.category.w09",' +
'"whistles.category.w10",' +
'"whistles.category.w11",' +
'"whistles.category.w12",' +
'"whistles.consent",' +
'"whistles.consent_yes",' +
'"whistles.danger",' +
'"whistles.first_owner",' +
'"whistles.from_item",' +
'"whistles.name",' +
'"whistles.name_how",' +
'"whistles.new",' +
'"whistles.next",' +
'"whistles.none",' +
'"whistles.note",' +
'"whistles.of_item",' +
'"whistles.of_visit",' +
'"whistles.one",' +
'"whistles.open",' +
'"whistles.open_n",' +
'"whistles.over",' +
'"whistles.place",' +
'"whistles.place_how",' +
'"whistles.rate",' +
'"whistles.rating.basic",' +
'"whistles.rating.not",' +
'"whistles.rating.satisfied",' +
'"whistles.resident",' +
'"whistles.result",' +
'"whistles.state.accepted",' +
'"whistles.state.closed",' +
'"whistles.state.dispatched",' +
'"whistles.state.extended",' +
'"whistles.state.in_progress",' +
'"whistles.state.invalid",' +
'"whistles.state.merged",' +
'"whistles.state.reopened",' +
'"whistles.state.reported",' +
'"whistles.state.resolved",' +
'"whistles.state.responded",' +
'"whistles.state.returned",' +
'"whistles.state.revisit",' +
'"whistles.state.self_resolved",' +
'"whistles.state.suspended",' +
'"whistles.state.verifying",' +
'"whistles.state.withdrawn",' +
'"whistles.step.accepted",' +
'"whistles.step.closed",' +
'"whistles.step.dispatched",' +
'"whistles.step.extended",' +
'"whistles.step.in_progress",' +
'"whistles.step.invalid",' +
'"whistles.step.merged",' +
'"whistles.step.reopened",' +
'"whistles.step.reported",' +
'"whistles.step.resolved",' +
'"whistles.step.responded",' +
'"whistles.step.returned",' +
'"whistles.step.revisit",' +
'"whistles.step.self_resolved",' +
'"whistles.step.suspended",' +
'"whistles.step.verifying",' +
'"whistles.step.withdrawn",' +
'"whistles.story",' +
'"whistles.tell",' +
'"whistles.tell_more",' +
'"whistles.title",' +
'"whistles.told",' +
'"whistles.urgency",' +
'"whistles.urgency.complex",' +
'"whistles.urgency.danger",' +
'"whistles.urgency.normal",' +
'"whistles.urgency.urgent",' +
'"whistles.waiting",' +
'"whistles.what",' +
'"whistles.why.impossible",' +
'"whistles.why.not_theirs",' +
'"whistles.why.stale",' +
'"whistles.why.twice",' +
'"whistles.words",' +
'"word.address",' +
'"word.address_plain",' +
'"word.age.days",' +
'"word.age.never",' +
'"word.age.shop",' +
'"word.age.today",' +
'"word.age.vacant",' +
'"word.and",' +
'"word.app",' +
'"word.ask.difficulty",' +
'"word.ask.effect",' +
'"word.ask.idea",' +
'"word.ask.need",' +
'"word.cadence.monthly",' +
'"word.cadence.quarterly",' +
'"word.cadence.weekly",' +
'"word.care.ok",' +
'"word.care.urgent",' +
'"word.care.watch",' +
'"word.colon",' +
'"word.comma",' +
'"word.deceased.no",' +
'"word.deceased.yes",' +
'"word.entrance",' +
'"word.fact.birth_year",' +
'"word.fact.contact",' +
'"word.fact.deceased",' +
'"word.fact.headcount",' +
'"word.fact.lives_here",' +
'"word.fact.name",' +
'"word.fact.note",' +
'"word.fact.occupancy",' +
'"word.fact.phone",' +
'"word.fact.relation",' +
'"word.floor",' +
'"word.floor_below",' +
'"word.homes",' +
'"word.html_lang",' +
'"word.id_like",' +
'"word.kind.basement",' +
'"word.kind.bungalow",' +
'"word.kind.home",' +
'"word.kind.other",' +
'"word.kind.shop",' +
'"word.lives_here.no",' +
'"word.lives_here.yes",' +
'"word.mark.care",' +
'"word.mark.differ",' +
'"word.mark.due",' +
'"word.mark.knock",' +
'"word.mark.promise",' +
'"word.mark.unsent",' +
'"word.mode.door",' +
'"word.mode.night",' +
'"word.mode.reception",' +
'"word.mode.weekend",' +
'"word.no_entrance",' +
'"word.occupancy.owner",' +
'"word.occupancy.rented",' +
'"word.occupancy.shop",' +
'"word.occupancy.unknown",' +
'"word.occupancy.vacant",' +
'"word.part.afternoon",' +
'"word.part.evening",' +
'"word.part.morning",' +
'"word.part.noon",' +
'"word.receipt.phone",' +
'"word.receipt.proved",' +
'"word.receipt.proved_wait",' +
'"word.receipt.server",' +
'"word.receipt.server_wait",' +
'"word.result.inconvenient",' +
'"word.result.met",' +
'"word.result.moved",' +
'"word.result.no_answer",' +
'"word.result.refused",' +
'"word.result.vacant",' +
'"word.said.days",' +
'"word.said.never",' +
'"word.said.shop",' +
'"word.said.today",' +
'"word.said.vacant",' +
'"word.skip",' +
'"word.stop",' +
'"word.tabs",' +
'"word.tag.bereaved_parents",' +
'"word.tag.child_hardship",' +
'"word.tag.disabled",' +
'"word.tag.elder_alone",' +
'"word.tag.elder_couple",' +
'"word.tag.floating",' +
'"word.tag.left_behind_child",' +
'"word.tag.low_income",' +
'"word.tag.veteran",' +
'"word.way.door",' +
'"word.way.met",' +
'"word.way.phone",' +
'"word.where",' +
'"word.where_plain",' +
'"word.whole"]';

const said = {
  zh: '["办完了",' +
'"{on}前办完，{by}给的",' +
'"{on}该办完，{by}给的",' +
'"会上说好的",' +
'"改这一条来答",' +
'"站里问了一句，{by}：",' +
'"站里问了一句（{by}，{on}{home}的走访）：{note}",' +
'"正在存{what}…",' +
'"手机满了，{what}没存下。写的字照样存。腾点地方再加。",' +
'"{what}太大，没加。",' +
'"{what}超过 1 分钟，没加。",' +
'"手机快满了：{what}存下了，再加可能存不下。写的字照样存。",' +
'"没让用话筒，录不了。写下来也行。",' +
'"一次最多 3 张照片，多的没加。",' +
'"{what}打不开，没存下。换一张试试。写的字不受影响。",' +
'"一次最多 2 段录音，多的没加。",' +
'"文件打不开，没加。写的都还在，请换一个。",' +
'"服务器放不下照片了。不带照片，先把文字存下。",' +
'"这不是能收的照片或录音，没加。写的都还在。",' +
'"每个文件最多 2 MB，没加。写的都还在，请换小一点的。",' +
'"最多 3 张照片、2 段录音。写的都还在，请少选几个。",' +
'"里面写着地点，没加。写的都还在，请换一个。",' +
'"照片的边长不能超过 4096，没加。写的都还在，请换一张。",' +
'"这时结对已经结束，写的都留着",' +
'"全部 {n} 个",' +
'"回到看望",' +
'"{by}看望",' +
'"看望过",' +
'"还没有看望过。",' +
'"该看望了",' +
'"该看望 {n} 个人。",' +
'"紧急电话",' +
'"结对已经结束，写了也会留着",' +
'"{n} 天前看望过",' +
'"看望过，还不到时候",' +
'"家里有大变化，24 小时内去看",' +
'"还没看望过",' +
'"还没有结对的人。",' +
'"站里结对以后，会到这里来。",' +
'"别人看望的",' +
'"记下了：{state}",' +
'"看望",' +
'"今天看望过",' +
'"撤回",' +
'"撤回了，不算数",' +
'"要紧",' +
'"怎么看望的",' +
'"都看望过了。",' +
'"还想说什么",' +
'"可不写",' +
'"先收着 {n} 条，等站长看",' +
'"从这里拿掉",' +
'"随身包文件",' +
'"四访-{name}-{day}-{n}条",' +
'"这部手机和另一部手机用了同一份记录：两边都留着，等站长看",' +
'"新收下 {n} 条",' +
'"手机满了，没收下。腾一点地方再试，文件还在原处。",' +
'"随身包封好了，只有服务器能打开。谁写的还是谁写的，送两遍也不会重复。",' +
'"收下",' +
'"收在手机里的",' +
'"早就有了 {n} 条",' +
'"替同事带随身包",' +
'"还没选文件。",' +
'"这个文件不是随身包，或者没传完整。",' +
'"这份随身包在路上被改过，服务器没收。请同事再存一份。",' +
'"还缺同事更早写的几条。请把他更早存的随身包也带来，这份先留着，会再试。",' +
'"服务器说这不是随身包，或者没传完整。请同事再存一份。",' +
'"这是给别的服务器的随身包，这里打不开。",' +
'"服务器没收下这份。请同事再存一份，他手机里的还在。",' +
'"服务器不认得存这份的手机。请同事拿手机找站长登记。",' +
'"同事的手机没信号？把他的随身包收进这部手机，有信号时一起送。",' +
'"同事的手机没信号？把他的随身包从这里送到服务器。",' +
'"送到服务器",' +
'"{at} 送到了",' +
'"发给同事",' +
'"这次没发出去。可以点“带走一份”存成文件。",' +
'"{at} 收下",' +
'"几天没信号？",' +
'"带走一份",' +
'"把没送出的存成一个文件，交给有信号的同事或站里。别人打不开，手机里的也还留着。",' +
'"替同事带",' +
'"这个文件太大，不是随身包。",' +
'"这部手机的浏览器太旧，存不成随身包。更新浏览器就能存；写的都在手机里，没丢。",' +
'"收好了，等信号。有信号自己会送。",' +
'"{by}回您的话：",' +
'"长辈版",' +
'"打电话",' +
'"报警",' +
'"着火，救人",' +
'"急病，受伤",' +
'"有危险，马上打",' +
'"找人帮忙",' +
'"社区还没有留电话。有急事打下面的号码。",' +
'"都好",' +
'"急，要人帮忙",' +
'"有点担心",' +
'"看过了，怎么样？",' +
'"还想说一句（不写也行）",' +
'"该去了",' +
'"能更省事吗？",' +
'"您的话收好了。",' +
'"写一句就行，站里会看到。",' +
'"{name}，下午好",' +
'"{name}，晚上好",' +
'"{name}，上午好",' +
'"{name}，中午好",' +
'"回到首页",' +
'"放到手机桌面",' +
'"要是没有这个按钮：打开浏览器的菜单（三个点），按“添加到主屏幕”。",' +
'"苹果手机",' +
'"先放到桌面：按下面的分享（方框和向上的箭头），再按“添加到主屏幕”，放一个就够。再从图标打开，输八位数字；数字请社区的人给您。",' +
'"把“{what}”放到桌面",' +
'"放到桌面以后，点一下图标就打开，不用找。",' +
'"想放哪一个？",' +
'"我的",' +
'"还在手机里，有网自己会送",' +
'"看望{name}",' +
'"报过的都在这",' +
'"还没有报过。报了什么、看望了谁，都会在这里。",' +
'"{n} 张照片",' +
'"{n} 段录音",' +
'"这里没有东西",' +
'"没关系，按“回到首页”就好。",' +
'"这一户",' +
'"没有网也能用。",' +
'"en",' +
'"English",' +
'"拍照",' +
'"最多 3 张照片，多的没加。",' +
'"念给我听",' +
'"别念了",' +
'"报问题",' +
'"拍照，说话",' +
'"再报一个",' +
'"拍张照、说一段话或写几个字，有一样就行。",' +
'"上次 {n} 天前看过",' +
'"还没看望过",' +
'"今天看过",' +
'"送出",' +
'"收好了",' +
'"记好了：{name}，{how}",' +
'"字的大小",' +
'"大",' +
'"更大",' +
'"最大",' +
'"已存手机，等着送",' +
'"已送到",' +
'"您收回了",' +
'"已经送到社区了。",' +
'"存在手机里了。有网自己会送，不用管它。",' +
'"打电话",' +
'"四个都在的首页",' +
'"我的",' +
'"报问题",' +
'"看望",' +
'"不对，收回",' +
'"按错了？还能收回的秒数：",' +
'"急事，先打电话",' +
'"记下来了，可是送到要时间。现在就打：",' +
'"看望下一位",' +
'"看望",' +
'"{n} 位该去了",' +
'"去看看邻居",' +
'"现在没有人要您去看望。社区排了，会在这里。",' +
'"说话",' +
'"说完了，按这里（{s} 秒）",' +
'"最多 2 段录音，多的没加。",' +
'"{n} 条等着送。",' +
'"收回了",' +
'"这一条不算了，不用管它。",' +
'"写几个字",' +
'"报警",' +
'"火警",' +
'"急救",' +
'"打完电话再补记，写的会作为事后记录。",' +
'"值班电话",' +
'"值班电话还没有设。请站里在服务器上设好。",' +
'"要打的电话",' +
'"有危险先打电话。没有网也打得通。",' +
'"补记一句",' +
'"您写的已经存在手机上，有信号就送到站里。先打电话。",' +
'"清除以前做的备份里还有原文：请管服务器的人另做新备份，销毁旧的。",' +
'"手机上的，下次联网时清掉。一直不联网的手机，到“手机”页停用。",' +
'"回楼栋",' +
'"回这一户",' +
'"回这次走访",' +
'"{by} 于 {when} 清除，原因：{why}。",' +
'"清除了，已记进日志。",' +
'"有过记录，已经清除",' +
'"清除，不能撤销",' +
'"会没有的",' +
'{"one": "照片和录音 {n} 个。", "other": "照片和录音 {n} 个。"},' +
'{"one": "这一户的联系人、电话、人数和备注，连同改掉的旧内容：总共 {n} 条记录。", "other": "这一户的联系人、电话、人数和备注，连同改掉的旧内容：总共 {n} 条记录。"},' +
'"网格员手机上的也会没有，写了一半没发的也一样：手机下次联网时清掉。",' +
'{"one": "这个人的称呼、出生年、电话、备注和标签，连同改掉的旧内容：共 {n} 条记录。", "other": "这个人的称呼、出生年、电话、备注和标签，连同改掉的旧内容：共 {n} 条记录。"},' +
'{"one": "家里 {n} 个人的全部记录。", "other": "家里 {n} 个人的全部记录。"},' +
'{"one": "这次走访写下的每一句话，更正过的每一稿：共 {n} 条记录。", "other": "这次走访写下的每一句话，更正过的每一稿：共 {n} 条记录。"},' +
'{"one": "这一户的 {n} 次走访。", "other": "这一户的 {n} 次走访。"},' +
'"不清除",' +
'"清除这一户",' +
'"清除这个人",' +
'"清除这次走访",' +
'"可能写到这里的 {n} 条",' +
'"核查回的",' +
'"日志",' +
'"巡查记的",' +
'"清除以后找不回来，谁也撤销不了。",' +
'"清除会记进日志：您的名字、时间、原因的类别。不记清掉的内容。",' +
'"清除这一户的记录",' +
'"清除{name}的记录",' +
'"清除这个人的记录",' +
'"清除这次走访",' +
'"会留下的",' +
'"门牌（{door}）：以后还能来走访。",' +
'{"one": "有过 {n} 条记录：哪天、谁写的，不带一个字的内容。每条的校验码也留着，证明确有其事、没人偷改；从校验码猜不回内容。", "other": "有过 {n} 条记录：哪天、谁写的，不带一个字的内容。每条的校验码也留着，证明确有其事、没人偷改；从校验码猜不回内容。"},' +
'"这一户的联系人、电话和备注，哪怕写的就是这个人。要一起清，就清这一户。",' +
'"以前的备份、导出的表、打印的纸：这里管不到。备份恢复时会先再清一遍。",' +
'"看这一户的走访",' +
'"谁清除的、什么时候、哪一类原因。",' +
'{"one": "这一户的 {n} 次走访里写到这个人的话。要清，到那次走访的页面去清。", "other": "这一户的 {n} 次走访里写到这个人的话。要清，到那次走访的页面去清。"},' +
'"巡查记的、日志里写的、核查回的话：写的是字，认不出说的是谁。请先看一遍，有名字就请写的人改掉。",' +
'"真要清除，在这里写“{word}”",' +
'"清除",' +
'"为什么清除",' +
'"本人或家里人要求",' +
'"人已经过世",' +
'"本来就不该记",' +
'"已经用不着了",' +
'"别的原因",' +
'"记到别人名下了",' +
'"清除",' +
'"写“{word}”两个字，才会清除。",' +
'"选一个原因。",' +
'"不住这里的",' +
'"等定",' +
'"{by} {at} 改的。",' +
'"已去世的",' +
'"人已去世？记下来",' +
'"房子改成空房",' +
'"房子改成空房，请网格长定",' +
'"有人说“{tag}”该去掉",' +
'"{by}说已去世",' +
'"{by}说已搬走",' +
'"{by}说这户搬空了",' +
'"{by}说“{tag}”该去掉",' +
'"您说已去世",' +
'"您说已搬走",' +
'"您说这户搬空了",' +
'"您说“{tag}”该去掉",' +
'"当时看到的是 ",' +
'"当时没看到别的写法",' +
'"{by} {at} 定的，原来有 {n} 种写法。",' +
'"现在按这个算",' +
'"“{tag}”记上了。",' +
'"“{tag}”去掉了。",' +
'"留着",' +
'"“{tag}”留着。",' +
'"去掉",' +
'"收回这句",' +
'"撤回",' +
'"等网格长定",' +
'"等您定",' +
'"{at} 写的",' +
'"{by} {at} 写的",' +
'"在哪栋",' +
'"姓加称呼，如陈奶奶",' +
'"单元",' +
'"楼层",' +
'"平房和店可以只写门号；地下室楼层写 -1。",' +
'"是什么",' +
'"知道多少写多少",' +
'"打开这一户",' +
'"门号",' +
'"{grid} · 平房（还没有，一起加上）",' +
'"{grid} · 商铺（还没有，一起加上）",' +
'"加上这扇门",' +
'"{door} 已经有了。",' +
'"加一扇门",' +
'"下载到哪了",' +
'"网格的资料正在下来，{n} 份到了 {done} 份。到了的现在就能用。",' +
'"资料还在路上。",' +
'"第一栋楼到了，就能从这里打开。可以先把手机放进口袋。",' +
'"正在下载",' +
'"回到{building}",' +
'"回到楼栋",' +
'"回到这一户",' +
'"回到今天",' +
'"关爱，要紧",' +
'"关爱，要留意",' +
'"少一扇门？加上",' +
'"有一扇门写到一半，接着写",' +
'"平房",' +
'"这栋楼还没有门。",' +
'"这栋楼的门正在下来。",' +
'"图例",' +
'"没写楼层的门",' +
'"这里还没有楼。",' +
'"到哪个单元",' +
'"店",' +
'"30 天内",' +
'"31–60 天",' +
'"61–90 天",' +
'"更久或没见",' +
'"{n} 户，{due} 户该去了",' +
'"{n} 户，{recent} 户一个月内有人应过。",' +
'"{n} 户该去了。",' +
'"换一栋楼",' +
'"回到刚才那一页",' +
'"建议记下了。",' +
'"这一页，怎样更省事？",' +
'"不写了",' +
'"这一页能不能更省事？",' +
'"记下",' +
'"写一句就行，站里会看到。不用写谁家的事。",' +
'"哪里能更省事",' +
'"这些没存下，写的都还在这一页上。再点一次存下。",' +
'"手机存满了，这些还没存下。删掉些照片或视频，再点一次存下；先别关这一页。",' +
'{"one": "有一处要看一下，写的都还在。", "other": "有 {n} 处要看一下，写的都还在。"},' +
'"选这个",' +
'"改{fact}",' +
'"{count} 人",' +
'"没变",' +
'"{fact}有两种写法，都没错，选一个",' +
'"没写",' +
'"资料",' +
'"{n} 户有“{q}”",' +
'"门号、称呼，或记过的话",' +
'"找门",' +
'"还有 {n} 户，再多写一个字。",' +
'"没找到“{q}”。换个说法，或只写门号。",' +
'"写到一半的：",' +
'"{door} 改走访",' +
'"加一扇门",' +
'"{door}加一扇门",' +
'"{door} 资料",' +
'"“{door}”",' +
'"巡查记的一条",' +
'"{door} 加人",' +
'"一句建议",' +
'"{door}",' +
'"这部手机里没有网格的资料，没信号时用不了。请站里给一个新链接或二维码，打开一次就好。",' +
'"{name}家",' +
'"这一户",' +
'"不改了",' +
'"不加了",' +
'"上次有人应是 {n} 天前。",' +
'"{on}敲过，{result}。",' +
'"今天敲过，{result}。",' +
'"还没见到人。",' +
'"今天有人应过。",' +
'"去楼栋里找",' +
'"您的网格里没有这一户。",' +
'"可能已划给别的网格。送到过的都还在。",' +
'"没有这一页。",' +
'"地址可能写错了。写过的都还在。",' +
'"手机里没有这一户。",' +
'"可能还没下载到，也可能已划给别的网格。写过的都还在。",' +
'"没有这一页",' +
'"可能已划给别的网格。刚才写的没有记下，都在下面，要紧的请抄给站长。",' +
'"上次下载",' +
'"还没有",' +
'"网格",' +
'"浏览器答应不清掉",' +
'"型号",' +
'"语言",' +
'"手机很满时浏览器可能清掉，请常连网送出",' +
'"这部手机",' +
'"{name}的手机",' +
'"找站里",' +
'"手机丢了、换了，或送不上去，找站长当面处理。写过的别删，站里能取出来。",' +
'"占地方",' +
'"{used} {unit}",' +
'"用了 {used} {unit}，还能放 {free} {free_unit}",' +
'"版本",' +
'"新版本到了。",' +
'"写到一半的和没上传的都会留着。",' +
'"有新版本",' +
'"换成新的",' +
'"我写的",' +
'"已不在这里的一户",' +
'"里面有居民的话，请收好。手机里没有的早先的走访，站里还有。",' +
'"{when} 取出，{n} 次。",' +
'"还没有写过走访。",' +
'"您自己写的走访，可以存成一个文件，没有网也行。里面有居民的话，存好、别外传。",' +
'"存下我写的走访",' +
'"{name}写的走访",' +
'"{n} 条未上传，最早 {at}",' +
'"都送到了",' +
'"{n} 条未上传，最早 {at}",' +
'"住的人",' +
'"加一个人",' +
'"加人写到一半，接着写",' +
'"{year} 年生",' +
'"打给{name}",' +
'"改{name}的资料",' +
'"不同住",' +
'"陈奶奶、马师傅",' +
'"还没登记人。",' +
'"本人、女儿、租户",' +
'"加上这个人",' +
'"没写称呼",' +
'"在楼上找",' +
'"该去的",' +
'"刚去过的",' +
'"给哪户记？",' +
'"约好 {on}再来",' +
'"约好 {on}，过了",' +
'"约好今天再来",' +
'"邻居报来的",' +
'"还有要先说明原因才能看的，联网打开",' +
'"存下",' +
'"楼栋",' +
'"更多",' +
'"待上传",' +
'"待上传 {n}",' +
'"今天",' +
'"要多照看的",' +
'"改",' +
'"可以不选",' +
'"没有记。",' +
'"全部 {n} 户",' +
'"今天去过",' +
'"今天该敲 {n} 户，",' +
'"今天该敲 {n} 户。",' +
'"这里还没有门。",' +
'"资料正在下来，第一栋楼到了就能用。",' +
'"网格的资料到了手机上，这里就会写今天该去哪几户。",' +
'"只看今天的",' +
'"今天该敲的都敲了。",' +
'"再往后还有 {n} 户",' +
'"另有 {n} 户近三个月还没见到人，不急，顺路再去。",' +
'"接着去",' +
'"眼下没有网格归您管。",' +
'"划到哪个网格，问问站里。写过的都没丢，没送到的有信号自己会送。",' +
'"还有 {n} 条没送到，在手机里",' +
'"今天没有非敲不可的门。",' +
'"现在没信号。照常记，都存在手机里。",' +
'"记一次走访",' +
'"另外 {n} 户：",' +
'"有人应 {n} 户",' +
'"没人应 {n} 户",' +
'"别的 {n} 户",' +
'"敲了 {knocked} 户，有人应 {answered} 户。",' +
'"走访",' +
'"更早的 {n} 次",' +
'"还没有走访。敲过门，就会写在这里。",' +
'"今年 {n} 次",' +
'"要紧，上次有人应是 {n} 天前",' +
'"要留意，上次有人应是 {n} 天前",' +
'"{on}敲过",' +
'"上次有人应是 {n} 天前",' +
'"还没见到人",' +
'"说好 {on}再去",' +
'"说好今天再去",' +
'"约好的",' +
'"约好今天",' +
'"约的日子在这次走访之前，换一天。",' +
'"先选是哪一幢。",' +
'"平房不在楼里，已替您选到平房那一排。看一眼，再存一次就好。",' +
'"从列出来的里面选一个。",' +
'"这一天日历上没有，再看看。",' +
'"这扇门已经有了，不用再加。",' +
'"这个时间还没到。写见面那会儿的时间。",' +
'"时间没看懂，像 2026-11-20 10:36 这样写。",' +
'"最多写 20 个人，每个名字 60 字以内，用顿号隔开。",' +
'"这里只写一个数。",' +
'"再选一下每一条，或点“都没问题”。",' +
'"说上一句再存。",' +
'"电话只写数字，可以带 + - 和空格。",' +
'"拍张照、说一段话，或写几个字。",' +
'"先点一下怎么样：见到人、没人应……",' +
'"写上门牌，哪怕先写个大概，比如“车库东”。",' +
'"商铺一般在商铺那一排，已替您选到那里。要是就在这幢楼里，选回来再存一次。",' +
'"写上怎么称呼，或者任意一项。",' +
'"写上一句再记。",' +
'"写一句是什么事再记。",' +
'"太长了，最多 10,000 字。您写的都还在，删掉一些再存。",' +
'"最多 20 个字。",' +
'"最多 2000 个字。",' +
'"最多 30 个字。",' +
'"最多 500 个字。",' +
'"最多 60 个字。",' +
'"选了约日子，还没写哪一天。",' +
'"写一句看到了什么，再吹哨。",' +
'"这一步要说一句为什么，或怎么办的。",' +
'"写四位的年份，比如 1944。",' +
'"回到跟进",' +
'"调解回访，",' +
'"没算数，那时已经变了",' +
'"有日子的",' +
'"办了，还是再去一趟",' +
'"跟进",' +
'{"one": "要跟进的 1 件", "other": "要跟进的 {n} 件"},' +
'"没有要跟进的。",' +
'"看那次走访",' +
'"办了",' +
'"问效",' +
'"调解",' +
'"需求",' +
'"难处",' +
'"约好再来",' +
'"建议",' +
'"记一件调解，不在哪一户",' +
'"记一件调解",' +
'"往下走",' +
'"附一句话",' +
'"会上说好的",' +
'"站里要核查",' +
'"约好再来",' +
'"调解回访",' +
'"没办完的",' +
'"没有没办完的事。",' +
'"评了：{rating}",' +
'"评的是哪件事",' +
'"别的事",' +
'"基本满意",' +
'"不满意",' +
'"满意",' +
'"调解记录，知道多少写多少",' +
'"说好了什么",' +
'"事情经过",' +
'"谁来调",' +
'"哪几方",' +
'"怎么兑现",' +
'"各自要什么",' +
'"哪天回访",' +
'"怎么来的",' +
'"哪一类",' +
'"调解记录",' +
'"都没变",' +
'"当事人来找",' +
'"主动去调",' +
'"录音里说的",' +
'"受理了",' +
'"口头说好了",' +
'"写了协议",' +
'"办好了",' +
'"不办了",' +
'"没调成",' +
'"归档了",' +
'"对上资源了",' +
'"正在调",' +
'"新记的",' +
'"立项了",' +
'"评过了",' +
'"转给别处了",' +
'"登记了",' +
'"回访过",' +
'"自己解决了",' +
'"采纳了",' +
'"撤回了",' +
'"受理",' +
'"口头说好了",' +
'"写了协议",' +
'"办好了",' +
'"不办了",' +
'"没调成",' +
'"归档",' +
'"对上资源",' +
'"开始调",' +
'"重新打开",' +
'"立项",' +
'"转给别处",' +
'"回访过了",' +
'"自己解决了",' +
'"采纳",' +
'"撤回",' +
'"没定日子的",' +
'"后来",' +
'"什么事，谁和谁",' +
'"今天调得怎样",' +
'"谁说了什么，说到哪一步",' +
'"说了进展",' +
'"要调解",' +
'"记成需求",' +
'"留着，以后吹哨",' +
'"记成建议",' +
'"这几句算什么",' +
'"点一下就行，不用再写",' +
'"过了 {n} 天",' +
'"就是今天",' +
'"原话",' +
'"今天补录的",' +
'"核查",' +
'"看望",' +
'"算在发生的那一天。",' +
'"再送一次",' +
'"不动它，晚上八点也会自己送。",' +
'"要多留心的",' +
'"看望过的",' +
'"都是从记过的里来的，不用再填。",' +
'"敲了 {knocked} 户，有人应 {answered} 户。",' +
'"哪个网格的",' +
'"新记的",' +
'"办的事",' +
'"{clock} 存在手机里",' +
'"{clock} 存在浏览器里",' +
'"补录",' +
'"{n} 条是后来补录的。",' +
'"您现在不走这个网格，在这里回不了。有话当面说一声就行。",' +
'"日志",' +
'"一天做的事自己汇成一篇，看一眼就能送。",' +
'"没人应 {n} 户。",' +
'"今天还没记过走访。",' +
'"这一天没有记过走访。",' +
'"看了 {n} 户",' +
'"别的 {n} 户。",' +
'"前几天",' +
'"约好再去的",' +
'"约好的，办到了",' +
'"退回来了，{by}说：",' +
'"{on}的日志退回来了，{by}说：“{note}”",' +
'"又送了一次，站里还没看。",' +
'"站里退回来了，照着写几句再送一次。",' +
'"{by} {at}看过了。",' +
'"送了，站里还没看。",' +
'"送给站里",' +
'"已不在这个网格的一户",' +
'"又送了",' +
'"还没送",' +
'"退回来了",' +
'"看过了",' +
'"已送",' +
'"等信号",' +
'"今天的日志",' +
'"{on}的日志",' +
'"今天的日志：{state}",' +
'"{n} 条还在手机里，有信号自己会送，到了就算在这一天。",' +
'"去过的",' +
'"{n} 次",' +
'"还想说的",' +
'"可以不写",' +
'"再看",' +
'"已不在这个网格的一户",' +
'"再看一次，这几条就换成新的；原来的站里还看得到。",' +
'"核查",' +
'"{by} {at}确认了。",' +
'"还没看",' +
'"没看全",' +
'"两人说的不一样",' +
'"没问题",' +
'"有问题",' +
'"哪些户",' +
'"{on}前",' +
'"今天到期",' +
'"都没问题",' +
'"{by}发的",' +
'"{n} 户已划到别的网格，不用看了。",' +
'"{on}已到期",' +
'"站里要核查的",' +
'"说一句，可以不写",' +
'"有问题",' +
'"没看",' +
'"没问题",' +
'"看什么",' +
'"{by}请再看一下：",' +
'"{by}请再看一下：“{note}”",' +
'"看完了，报给站里",' +
'"已报给站里，等站里确认。",' +
'"看完了，有信号就报给站里。",' +
'"已报给站里，等确认",' +
'"看了 {done} 户，共 {n} 户",' +
'"核查指令",' +
'"都没问题",' +
'"{by} {at}撤回了，不用再看。",' +
'"{by}撤回了，不用再看",' +
'"已经记下的都留着，站里看得到。",' +
'"{by} {at}",' +
'"{at} 前后自己再试，有信号就送到。",' +
'"{at} 前后自己再试。",' +
'"都送到了。",' +
'"上一次送到是 {at}。",' +
'"这部手机还没送到过。",' +
'"上一次送到是今天 {at}。",' +
'"这件事早已生效，这一条先收着，什么也没少。",' +
'"服务器看不懂这一条，先收着，站里会看。",' +
'"这件事已经有人定过了，这一条先收着。",' +
'"站里已经清除了这一户或这个人的记录。您写的先收着，没丢，等站长看。",' +
'"这一条先收着，站里会看。您写的留着，不用重写。",' +
'"这部手机的记录出现了两份，都收着，等站长看。",' +
'"这件事要网格长或站长来定，先收着。您写的留着，不用重写。",' +
'"这一条是别人写的，您的改动先收着，等站长看。",' +
'"这一条先收着，等站长看。您写的留着，不用重写。",' +
'"这一户不在您的网格里，先收着，等站长看。您写的留着，不用重写。",' +
'"这一条送到时，这部手机已经停用。先收着，没丢，等站长看；您不用重写。",' +
'"这一条锁着到了服务器，打不开。手机上还看得到的话，请照着再写一条。",' +
'"服务器上还没有这一户，先收着，等站长看。",' +
'"服务器还看不懂这种记录，先收着，没丢。",' +
'"有一个标签不在名单上，先收着。站里放行后，别的都会生效，那个标签不收。",' +
'"写的都已到服务器。",' +
'"还有 {n} 份照片或录音没送到，有信号自己会送。",' +
'"核对资料",' +
'"核对{who}的资料",' +
'"（改过）",' +
'"{n} 条",' +
'"{by}没有采用：{reason}。您写的还留着。",' +
'"核验没通过：服务器现在给出的记录，跟这部手机以前看到的接不上。",' +
'"您照常记，一条也不会丢。前后两份凭据手机都留着，也已告诉站长。站长查清以前，这里不再写“已核验”。",' +
'"还没写过什么。",' +
'"不要了",' +
'"就这样送",' +
'"写了一半的",' +
'"这几户已经不在这部手机里，写的还留着。可以就这样送给站里，也可以接着写完，或者不要了。",' +
'"办完了一件",' +
'"加了一排",' +
'"看望",' +
'"撤回一次看望",' +
'"日志",' +
'"加了一扇门",' +
'"改资料",' +
'"撤回一处改动",' +
'"一件事有了进展",' +
'"记了一件事",' +
'"评了一件事",' +
'"说了调解的进展",' +
'"撤回了一件事",' +
'"核查一户的记录",' +
'"核查报完",' +
'"别的记录",' +
'"结束巡查",' +
'"巡查记的",' +
'"开始巡查",' +
'"收回一条巡查记的",' +
'"加了一个人",' +
'"改这个人的资料",' +
'"改要多照看的",' +
'"撤回一处改动",' +
'"提了一条建议",' +
'"改走访",' +
'"约好的，办了",' +
'"走访",' +
'"定下走访怎么写",' +
'"撤回走访的改动",' +
'"吹哨的事走了一步",' +
'"吹了一次哨",' +
'"为吹哨的事说了一句",' +
'"加了{who}",' +
'"改{who}的资料",' +
'"改{who}要多照看的",' +
'"撤回{who}的一处改动",' +
'"{n} 条正在送。",' +
'"{at} 试过一次，没连上服务器。",' +
'"{at} 试过一次，服务器没收下。写的都在手机里。",' +
'"{at} 试过一次，服务器不认得这部手机了。",' +
'"{by}已让它生效。",' +
'"{by}已让它生效：{reason}",' +
'"{at} 起，站里的服务器用的是恢复的备份：这部手机见过的最后 {n} 条，那份备份里可能没有，谁记的就由谁的手机重新送。",' +
'"前后两份凭据这部手机都留着。要是站里没有恢复过备份，请告诉站长。",' +
'"站里停用了这部手机。",' +
'"写过的都没丢：先前送到的照样算，没送到的还会自己送，站里看过再定。等没送的送完，网格的资料就从这部手机上收走。要接着用，找站里恢复，或者要一个新链接。",' +
'"都没丢，不用守着。",' +
'"{fact}：核对过，没变",' +
'"送到的",' +
'"先收着的",' +
'"有信号时自己会再送。",' +
'"过一会儿自己会再送。",' +
'"加“{tag}”",' +
'"去掉“{tag}”",' +
'"现在试一次",' +
'"写的都在手机里，没丢。拿着手机找站长，重新登记一下就能送。",' +
'"等着送的",' +
'"{n} 条，最早 {at}",' +
'"{n} 条在手机里等信号。",' +
'"改",' +
'"回到这一条",' +
'"上午巡查，出门前看一眼。",' +
'"下午巡查，出门前看一眼。",' +
'"都是手机里有的，不用填。走到哪里不会记下来。",' +
'"{at}地下{floor}层",' +
'"另外记的",' +
'"{at}以后同事去过",' +
'"这两天同事去过",' +
'"去过 {n} 户",' +
'"另外还有 {n} 户该去了",' +
'"有 {n} 户该去了",' +
'"巡完了，送给站里",' +
'"忘了按也没关系，现在按一下结束就行。",' +
'"还在巡",' +
'"近来说到的问题",' +
'"{h} 小时 {m} 分",' +
'"要去看看的",' +
'"{m} 分钟",' +
'"不到一分钟",' +
'"上午一次，下午一次：出门按一下，路上记几句，回来自己汇总。不记走到哪里。",' +
'"{n} 次",' +
'"记一条",' +
'"改这一条",' +
'"不巡也能记一条",' +
'"这次记的",' +
'"没有新的变化，也没有要特别去看的。",' +
'"不说",' +
'"在楼栋图上点",' +
'"{at}{floor}楼",' +
'"再巡一次",' +
'"打开巡查",' +
'"巡完了。",' +
'"上午",' +
'"下午",' +
'"{at} 开始，{lasted}。",' +
'"{at}开始的巡查，还没按结束",' +
'"存这一条",' +
'"记下了：{what}。",' +
'"不到一小时",' +
'"开始巡查",' +
'"到现在",' +
'"点离得最近的那一户。只记到几单元几楼，不记是谁家。",' +
'"巡查",' +
'"看今天的日志",' +
'"上午巡查：巡过了",' +
'"下午巡查：巡过了",' +
'"上午巡查：还没开始",' +
'"下午巡查：还没开始",' +
'"巡查：{at} 开始，还在巡",' +
'"不知道多久",' +
'"记的是什么",' +
'"查变化",' +
'"收诉求",' +
'"消矛盾",' +
'"找问题",' +
'"在哪里",' +
'"收回",' +
'"说一句",' +
'"好了，您的网格都在手机里了，没有信号也能看、能记。可以把四访添加到主屏幕，下次从那里打开。",' +
'"正在把网格存到这部手机。存好以前，要有信号才能用。",' +
'"这个浏览器不能把网格存进手机，有信号时照样能用。",' +
'"网格还没存完。已经到的都在手机里，有信号会自己接着来；存完以前，要有信号才能用。",' +
'"回到今天",' +
'"这一页没打开。",' +
'"您写的都在手机里，没有丢。回到今天，再从那里进来。",' +
'"站里给了我八位数字",' +
'"手机里还没有网格，现在也没连上服务器。",' +
'"有信号的时候再打开一次就好。",' +
'"这部手机停用了。",' +
'"存好的都交给站里了，这里什么也不留。要再用，请站里给您一个新的链接。",' +
'"这一页要连上服务器才能看。",' +
'"它不存在手机里。有信号的时候再打开一次就好。",' +
'"这一条没存下。",' +
'"回到刚才那一页，再存一次。以前存下的都还在手机里。",' +
'"一共 {n} 户该去",' +
'"替{away}",' +
'"{n} 件在跟进",' +
'"{away}没有手机",' +
'"{away}的手机：{n} 条未同步，上次联系 {when}",' +
'"{away}的手机：还没联系过",' +
'"到{day}",' +
'"先给手机上的资料定个密码",' +
'"重新定个密码",' +
'"站里已经认出您了。没送出的会照样送出去，住户资料重新存一遍。写到一半的打不开了。",' +
'"六个数字，您自己记得住、别人不好猜。手机上的住户资料都用它锁着，每次隔一会儿没用，要输一遍。",' +
'"正在把手机上的资料锁好…",' +
'"退一格",' +
'"六个数字",' +
'"忘了也不要紧：到站里拿一个新的链接，再定一个。",' +
'"忘了密码？",' +
'"没送出的照样会送到，一条也不丢。",' +
'"到站里当面拿一个新的链接，在这部手机上打开，就能重新定密码。",' +
'"就用这个",' +
'"刚才写的存好了，有信号自己会送。",' +
'"刚才写的存好了，打开手机以后接着送。",' +
'"这一笔存好了，打开手机就看得到。",' +
'"现在锁上",' +
'"不用的时候，过五分钟自己会锁。锁着也能记、也会送。",' +
'"锁",' +
'"手机锁着",' +
'"先记一笔",' +
'"来不及打开的话，先写在这里",' +
'"这一笔放到哪一户？",' +
'"先存着",' +
'"马上存好、锁好。打开手机以后，再放到哪一户。",' +
'"写过的都送到了。",' +
'"打开",' +
'"正在打开…",' +
'"用指纹或面容打开",' +
'"密码照样能用。这部手机认得的每个指纹、每张脸都打得开：别人的指纹也存在手机里的话，先去手机设置里删掉。",' +
'"这部手机的指纹、面容还当不了钥匙。照旧输密码就行。",' +
'"开始用",' +
'"正在设置，请看手机上的提示…",' +
'"指纹或面容也能打开。密码照样能用。",' +
'"用指纹或面容打开",' +
'"先输一遍密码，手机再问您的指纹或面容",' +
'"只用密码，不用指纹、面容",' +
'"以后打开手机上的资料，按一下指纹或看一眼就行，不用输密码。没信号也能用。",' +
'"没认出来。再试一次，或者输密码。",' +
'"没有设好，再来一次。密码照样能用。",' +
'"试了好几次，过一会儿再来。密码没变。",' +
'"合用这部手机的人",' +
'"换人时这边先锁上，没传完的照样传。",' +
'"换{name}用",' +
'"输密码打开",' +
'"这部手机",' +
'"再输一遍",' +
'"试了好几次，等 {n} 秒再输。写过的都在，不会丢。",' +
'"试了好几次，等 {n} 分钟再输。写过的都在，不会丢。",' +
'"有 {n} 条还没送到，存得好好的，有信号自己会送。",' +
'"这个太好猜了，换一个。",' +
'"不是这个密码，再看看。",' +
'"要六个数字。",' +
'"两遍不一样，再来一次。",' +
'"有什么难处",' +
'"上回的事，满意吗",' +
'"有什么主意",' +
'"想要什么",' +
'"四问，都可以不填",' +
'"点开就能写",' +
'"改之前",' +
'"原来写的留在服务器上，站里能看到。",' +
'"{n} 次",' +
'"还在路上",' +
'"这个文件坏了，服务器看不了，它还在手机里。",' +
'"手机存满时腾了地方，服务器后来又丢了它，这一份没有了。",' +
'"服务器不收这种文件，它还在手机里。",' +
'"里面写着地点一类的内容，服务器没收，它还在手机里。",' +
'"服务器嫌它太大，没收，它还在手机里。",' +
'"去掉",' +
'"照片和录音",' +
'"；",' +
'"可以不拍，不录",' +
'"还没送到",' +
'"放心吗",' +
'"不说",' +
'"一起去的",' +
'"小林、老孙",' +
'"改这一条",' +
'"{on}的走访。",' +
'"改了以后，原来的也留着。",' +
'"改走访",' +
'"改过",' +
'"草稿 {clock} 已存在这个浏览器里",' +
'"草稿 {clock} 已存手机",' +
'"代录",' +
'"{by}代录",' +
'"接着写",' +
'"{door}，怎么样",' +
'"台账导入",' +
'"这一条从走访台账来。",' +
'"补录 {on}",' +
'"补录：{on}去的，{came}送到。",' +
'"见到{who}",' +
'"{weekday}{part}，先选了{mode}",' +
'"下次",' +
'"哪一天",' +
'"还按 {on}",' +
'"不用约",' +
'"约了 {on}",' +
'"选日子",' +
'"周六 {on}",' +
'"约好 {on}再来，到那天见到人才算。选了新日子，就按新的。",' +
'"下{weekday}",' +
'"一次走访",' +
'"{on}走访",' +
'"加照片",' +
'"第 {n} 张照片",' +
'"{n} 张照片",' +
'"送到 {n} 张",' +
'"只给站里看，这部手机存好后也看不到",' +
'"原来的话在站里，这里看不到。不写新的，就还是原来的。",' +
'"只给站里看，这里不显示。",' +
'"写的话、见到谁、照片和录音，只有站长和网格长在站里看得到。",' +
'"一切正常",' +
'"没人应",' +
'"记走访",' +
'"记{name}家",' +
'"说了什么",' +
'"没写别的。",' +
'"存下",' +
'"记下了：{result}。",' +
'"改",' +
'"下一户",' +
'"认定",' +
'"去的",' +
'"到服务器",' +
'"手机写的",' +
'"什么时候",' +
'"和{who}一起",' +
'"可能重复",' +
'"录一段话",' +
'"加录音",' +
'"第 {n} 段录音",' +
'"{n} 秒",' +
'"正在录 {s} 秒，点这里停",' +
'"{n} 段录音",' +
'"送到 {n} 段",' +
'"什么时候去的",' +
'"不是刚才去的？改时间",' +
'"不写就不改",' +
'"不写就是现在",' +
'"哪种走访",' +
'"见到谁",' +
'"全文",' +
'"还说了什么",' +
'"这幢楼三天里吹过的",' +
'"看看以前的",' +
'"回到吹哨",' +
'"吹哨",' +
'"在哪一幢",' +
'"不在楼里",' +
'"哪一类",' +
'"还说不准",' +
'"供水供暖",' +
'"物业管理",' +
'"公共卫生",' +
'"困难群体",' +
'"历史遗留",' +
'"市容环境",' +
'"市政设施",' +
'"消防隐患",' +
'"治安秩序",' +
'"矛盾纠纷",' +
'"噪声施工",' +
'"政策咨询",' +
'"联系住户",' +
'"住户同意部门打电话",' +
'"有危险先打 110、119、120。",' +
'"先问到的人",' +
'"来自一件难处",' +
'"叫它什么",' +
'"不写就用头几个字",' +
'"吹哨",' +
'"下一步",' +
'"没有在办的。",' +
'"说明",' +
'"为这件事吹哨",' +
'"为这次走访里的事吹哨",' +
'"一件吹哨",' +
'"在办",' +
'"另外 {n} 件在办",' +
'"过去了",' +
'"具体在哪",' +
'"比如“东门”“2单元楼道”",' +
'"住户怎么说",' +
'"基本满意",' +
'"不满意",' +
'"满意",' +
'"居民",' +
'"怎么解决的",' +
'"部门报到了",' +
'"办结了",' +
'"已派单",' +
'"延期了",' +
'"在办",' +
'"没算",' +
'"并到另一件了",' +
'"没办好，重办",' +
'"已吹哨",' +
'"部门说办好了",' +
'"社工委已响应",' +
'"部门退回了",' +
'"等问一声住户",' +
'"自己解决了",' +
'"先放一放",' +
'"等人去看",' +
'"收回了",' +
'"报到",' +
'"办结",' +
'"派单",' +
'"要延期",' +
'"开始办",' +
'"不算",' +
'"并到另一件",' +
'"没办好，重办",' +
'"再提一次",' +
'"办好了",' +
'"响应",' +
'"退回",' +
'"看过了，办好了",' +
'"自己解决了",' +
'"先放一放",' +
'"请人去看",' +
'"收回",' +
'"一步一步",' +
'"只说一句",' +
'"补充一句",' +
'"吹哨",' +
'"说了一句",' +
'"急不急",' +
'"复杂",' +
'"有危险",' +
'"一般",' +
'"急",' +
'"等您",' +
'"看到了什么",' +
'"这一步走不到，没有改变",' +
'"这一步由别人走，没有改变",' +
'"别人先走了一步，没有改变",' +
'"派一次只能延一次，没有改变",' +
'"什么事",' +
'"{building}{entrance}单元{room}",' +
'"{building}{room}",' +
'"{n}天",' +
'"没见到",' +
'"店",' +
'"今天",' +
'"空房",' +
'"、",' +
'"四访",' +
'"问难",' +
'"问效",' +
'"问计",' +
'"问需",' +
'"每月一次",' +
'"每季一次",' +
'"每周一次",' +
'"放心",' +
'"要紧",' +
'"留意",' +
'"：",' +
'"，",' +
'"健在",' +
'"已去世",' +
'"{entrance}单元",' +
'"生年",' +
'"称呼",' +
'"在世",' +
'"常住",' +
'"住处",' +
'"称呼",' +
'"备注",' +
'"房子",' +
'"电话",' +
'"关系",' +
'"{floor}层",' +
'"负{floor}",' +
'"{n} 户",' +
'"zh-CN",' +
'"像是身份证号。用不着就删掉，这里不用记它。",' +
'"地下室",' +
'"平房",' +
'"住家",' +
'"别的",' +
'"店",' +
'"不同住",' +
'"住这里",' +
'"关爱",' +
'"两种写法",' +
'"该去了",' +
'"敲过，没见到人",' +
'"约好再去",' +
'"未上传",' +
'"入户",' +
'"夜访",' +
'"来访",' +
'"周末",' +
'"没写单元",' +
'"自住",' +
'"出租",' +
'"店",' +
'"不清楚",' +
'"空房",' +
'"下午",' +
'"晚上",' +
'"上午",' +
'"中午",' +
'"已存手机",' +
'"已核验",' +
'"等核验",' +
'"已到服务器",' +
'"等到服务器",' +
'"不方便",' +
'"见到人",' +
'"搬走了",' +
'"没人应",' +
'"不愿开",' +
'"空房",' +
'"{n}天前有人应",' +
'"还没见到人",' +
'"店",' +
'"今天有人应过",' +
'"空房",' +
'"跳到正文",' +
'"。",' +
'"主菜单",' +
'"失独家庭",' +
'"困境儿童",' +
'"残疾人",' +
'"独居老人",' +
'"老两口",' +
'"外来住户",' +
'"留守儿童",' +
'"低保户",' +
'"退役军人",' +
'"上门",' +
'"路上碰到",' +
'"打电话",' +
'"{building}{entrance}单元",' +
'"{building}",' +
'"全部"]',
  en: '["Done",' +
'"by {on}, from {by}",' +
'"was due {on}, from {by}",' +
'"Agreed at a meeting",' +
'"Correct this visit to answer",' +
'"The station asks, {by}:",' +
'"The station asks ({by}, about {home} on {on}): {note}",' +
'"Keeping {what}…",' +
'"This phone is full: {what} was not kept. Your words are kept all the same. Make room and add it again.",' +
'"{what} is too large and was not added.",' +
'"{what} is longer than a minute and was not added.",' +
'"This phone is almost full: {what} was kept, the next may not be. Your words are kept all the same.",' +
'"The microphone was not allowed. Writing works as well.",' +
'"3 photos at most; the rest were not added.",' +
'"{what} could not be opened and was not kept. Try another. Your words are safe.",' +
'"2 voice notes at most; the rest were not added.",' +
'"The file cannot be opened. All you wrote is still here; choose another.",' +
'"The server has no room for photos. Keep your words without them.",' +
'"This is no photo or voice note we can take. All you wrote is still here.",' +
'"A file may have 2 MB. All you wrote is still here; choose a smaller one.",' +
'"3 photos and 2 voice notes at most. All you wrote is still here; choose fewer.",' +
'"It says where it was made. All you wrote is still here; choose another.",' +
'"A photo may have 4096 pixels a side. All you wrote is still here; choose another.",' +
'"the pair was over by then; the words are kept",' +
'"all {n}",' +
'"Back to looking in",' +
'"{by} looks in",' +
'"Looked in on",' +
'"Nobody has looked in yet.",' +
'"Time to look in",' +
'"Time to look in on {n}.",' +
'"Emergency numbers",' +
'"The pair is over; what you write is kept all the same",' +
'"looked in on {n} days ago",' +
'"Looked in on, not yet due",' +
'"something has changed: look in within 24 hours",' +
'"not looked in on yet",' +
'"Nobody to look in on yet.",' +
'"Pairs made at the station will come here.",' +
'"Others look in on",' +
'"Kept: {state}",' +
'"Looking in",' +
'"looked in on today",' +
'"Take back",' +
'"taken back: it does not count",' +
'"Urgent",' +
'"How",' +
'"All are looked in on.",' +
'"Anything to add",' +
'"optional",' +
'{"one": "{n} kept aside for the station", "other": "{n} kept aside for the station"},' +
'"Remove from here",' +
'"Take-along file",' +
'"Sifang-{name}-{day}-{n}",' +
'"This phone and another one used the same history: both are kept for the station to see",' +
'{"one": "{n} new record", "other": "{n} new records"},' +
'"This phone is full, so it was not kept. Make some room and try again; the file is still where it was.",' +
'"The file is sealed: only the server can open it. It stays theirs, and sending it twice changes nothing.",' +
'"Keep it",' +
'"Kept on this phone",' +
'{"one": "{n} that was there already", "other": "{n} that were there already"},' +
'"Carry a colleague\'s take-along file",' +
'"No file chosen yet.",' +
'"This is not a take-along file, or it did not come whole.",' +
'"This file was changed on its way, so the server did not take it. Ask your colleague for another.",' +
'"Some earlier records are missing. Bring your colleague\'s earlier file too; this one is kept and tried again.",' +
'"The server says this is not a take-along file, or not whole. Ask your colleague for another.",' +
'"This file is for another server; it cannot be opened here.",' +
'"The server did not take it. Ask your colleague for another; theirs is still on their phone.",' +
'"The server does not know the phone it comes from. Your colleague should show it to the station.",' +
'"A colleague has no signal? Take their file onto this phone; it goes along when you have signal.",' +
'"A colleague has no signal? Send their take-along file to the server from here.",' +
'"Send to the server",' +
'"arrived {at}",' +
'"Send to a colleague",' +
'"It was not sent this time. You can save it with “Take a copy along”.",' +
'"kept {at}",' +
'"No signal for days?",' +
'"Take a copy along",' +
'"Save what is unsent as one file, and give it to a colleague with signal or to the station. Nobody else can open it, and it stays on this phone too.",' +
'"Carry for a colleague",' +
'"This file is too large to be a take-along file.",' +
'"This phone\'s browser is too old to make the file. Update it and it will work; what you wrote is safe on the phone.",' +
'"Kept. It goes by itself once there is signal.",' +
'"{by} answers:",' +
'"Large and simple",' +
'"Call",' +
'"Police",' +
'"Fire, rescue",' +
'"Ill or hurt",' +
'"In danger, call at once",' +
'"Ask for help",' +
'"The community has left no number yet. If it is urgent, call a number below.",' +
'"All well",' +
'"Urgent, needs help",' +
'"A little worried",' +
'"How were they?",' +
'"Anything to add? (not needed)",' +
'"Time to go",' +
'"Could it be easier?",' +
'"Your words are kept.",' +
'"One sentence is enough. The station reads it.",' +
'"Good afternoon, {name}",' +
'"Good evening, {name}",' +
'"Good morning, {name}",' +
'"Good day, {name}",' +
'"Back to the start",' +
'"Put it on the home screen",' +
'"If there is no such button: open the browser\'s menu (three dots) and press “Add to home screen”.",' +
'"On an iPhone",' +
'"First put it there: press Share (a square with an arrow up), then “Add to Home Screen”; one is enough. Then open it from its picture and type eight digits, which the community gives you.",' +
'"Put “{what}” on the home screen",' +
'"Then one press on its picture opens it.",' +
'"Which one?",' +
'"Mine",' +
'"still on the phone, it goes by itself",' +
'"Looked in on {name}",' +
'"All you sent",' +
'"Nothing yet. What you report and whom you look in on will be here.",' +
'{"one": "{n} photo", "other": "{n} photos"},' +
'{"one": "{n} recording", "other": "{n} recordings"},' +
'"There is nothing here",' +
'"No harm done. Press “Back to the start”.",' +
'"This home",' +
'"This works without a signal. ",' +
'"zh",' +
'"中文",' +
'"Take a photo",' +
'"At most 3 photos. The rest was not added.",' +
'"Read to me",' +
'"Stop reading",' +
'"Report",' +
'"A photo, a few words",' +
'"Report another",' +
'"Take a photo, say it or write it. One of them is enough.",' +
'{"one": "Last {n} day ago", "other": "Last {n} days ago"},' +
'"Not looked in on yet",' +
'"Looked in on today",' +
'"Send",' +
'"It is kept",' +
'"Kept: {name}, {how}",' +
'"Size of the letters",' +
'"Large",' +
'"Larger",' +
'"Largest",' +
'"Kept on the phone, to be sent",' +
'"Arrived",' +
'"You took it back",' +
'"It has reached the community.",' +
'"It is on your phone and goes by itself when there is a signal.",' +
'"Call",' +
'"The start, with all four",' +
'"Mine",' +
'"Report",' +
'"Look in",' +
'"No, take it back",' +
'"Pressed by mistake? Seconds left to take it back:",' +
'"Urgent: call first",' +
'"It is written down, but takes time to arrive. Call now:",' +
'"Look in on the next",' +
'"Look in",' +
'{"one": "{n} is due", "other": "{n} are due"},' +
'"See how a neighbour is",' +
'"Nobody to look in on now. When the community asks you to, it is here.",' +
'"Speak",' +
'"Done? Press here ({s} s)",' +
'"At most 2 recordings. The rest was not added.",' +
'{"one": "{n} waits to be sent.", "other": "{n} wait to be sent."},' +
'"Taken back",' +
'"This one does not count. Nothing more to do.",' +
'"Write a few words",' +
'"police",' +
'"fire",' +
'"ambulance",' +
'"Call, then write it down: it is kept as an after-record.",' +
'"duty phone",' +
'"No duty number is set yet. Ask the station to set it on the server.",' +
'"Numbers to call",' +
'"In danger, call first. It works without data.",' +
'"Write it down",' +
'"What you wrote is on this phone and goes to the station with the next signal. Call first.",' +
'"Backups from before still hold the words: have a new one made and the old ones destroyed.",' +
'"Phones clear their copies when they are next online. Put a phone out of use that never is.",' +
'"Back to the buildings",' +
'"Back to the home",' +
'"Back to the visit",' +
'"Erased by {by}, {when}. Reason: {why}.",' +
'"Erased, and written down.",' +
'"It existed, and was erased",' +
'"Erase, no undo",' +
'"What goes",' +
'{"one": "{n} photo or voice note.", "other": "{n} photos and voice notes."},' +
'{"one": "The home\'s contact, phone, headcount and note, with every older value: {n} record in all.", "other": "The home\'s contact, phone, headcount and note, with every older value: {n} records in all."},' +
'"The copies on workers\' phones, half-written forms too: each phone clears them when it is next online.",' +
'{"one": "This person\'s name, year of birth, phone, note and tags, with every older value: {n} record.", "other": "This person\'s name, year of birth, phone, note and tags, with every older value: {n} records."},' +
'{"one": "All that is kept of {n} person who lives here.", "other": "All that is kept of {n} people who live here."},' +
'{"one": "Every word of this visit, in every version: {n} record.", "other": "Every word of this visit, in every version: {n} records."},' +
'{"one": "{n} visit to this home.", "other": "{n} visits to this home."},' +
'"Keep it",' +
'"Erase this home",' +
'"Erase this person",' +
'"Erase this visit",' +
'{"one": "{n} that may speak of this home", "other": "{n} that may speak of this home"},' +
'"Answer to an order",' +
'"Log",' +
'"Patrol note",' +
'"What is erased cannot be brought back, by nobody.",' +
'"It is written down that you erased it, when, and the kind of reason; nothing of what it was.",' +
'"Erase what is kept of this home",' +
'"Erase what is kept of {name}",' +
'"Erase what is kept of this person",' +
'"Erase this visit",' +
'"What stays",' +
'"The door ({door}): it can be visited again.",' +
'{"one": "That there was {n} record: when and by whom, without a word of it. Its checksum stays too: it proves that the record existed and nobody changed it, and gives nothing away.", "other": "That there were {n} records: when and by whom, without a word of them. Their checksums stay too: they prove that the records existed and nobody changed them, and give nothing away."},' +
'"The home\'s contact, phone and note, even where they are this person\'s. To erase them too, erase the home.",' +
'"Earlier backups, exported lists and paper: they are out of reach here. A backup that is restored is erased again first.",' +
'"See the visits",' +
'"Who erased it, when, and which kind of reason.",' +
'{"one": "What {n} visit to this home says of them. To erase that, open the visit.", "other": "What {n} visits to this home say of them. To erase that, open the visit."},' +
'"Notes of patrols, words in logs, answers to orders: free words, nobody can tell whom they name. Read them first; where a name stands, ask whoever wrote it to tell it anew.",' +
'"To erase it, write “{word}” here",' +
'"Erase",' +
'"Why it is erased",' +
'"They or their family ask for it",' +
'"They have died",' +
'"It should never have been kept",' +
'"Nobody needs it any more",' +
'"Another reason",' +
'"It is about somebody else",' +
'"erase",' +
'"Write “{word}”, then it is erased.",' +
'"Choose a reason.",' +
'"Live elsewhere",' +
'"not decided yet",' +
'"{by} changed this, {at}.",' +
'"Have died",' +
'"Has this person died? Note it",' +
'"Write the home down as empty",' +
'"Write the home down as empty, for the leader to decide",' +
'"Somebody says “{tag}” should go",' +
'"{by} says they have died",' +
'"{by} says they moved out",' +
'"{by} says nobody lives here any more",' +
'"{by} says “{tag}” should go",' +
'"You say they have died",' +
'"You say they moved out",' +
'"You say nobody lives here any more",' +
'"You say “{tag}” should go",' +
'"had seen ",' +
'"had seen no other value",' +
'"{by} settled this, {at}; there had been {n} values.",' +
'"counts for now",' +
'"“{tag}” is noted.",' +
'"“{tag}” was taken off.",' +
'"Keep",' +
'"“{tag}” stays.",' +
'"Take off",' +
'"Take this back",' +
'"Undo",' +
'"the grid leader decides",' +
'"you decide",' +
'"written {at}",' +
'"{by} wrote this, {at}",' +
'"Building",' +
'"surname and title",' +
'"Entrance",' +
'"Floor",' +
'"A bungalow or a shop needs only its number; a basement is floor -1.",' +
'"What is it",' +
'"Write what you know",' +
'"Open it",' +
'"Number",' +
'"{grid} · Bungalows (new, added with this door)",' +
'"{grid} · Shops (new, added with this door)",' +
'"Add this door",' +
'"{door} is already there.",' +
'"Add a door",' +
'"How far the download has come",' +
'{"one": "The grid is arriving: {done} of {n} part. What is here can be used now.", "other": "The grid is arriving: {done} of {n} parts. What is here can be used now."},' +
'"Your grid is on its way.",' +
'"You can begin as soon as the first building is here. The phone may go in your pocket meanwhile.",' +
'"Arriving",' +
'"Back to {building}",' +
'"Back to the doors",' +
'"Back to this home",' +
'"Back to Today",' +
'"care: urgent",' +
'"care: keep an eye",' +
'"A door is missing? Add it",' +
'"A door is half written. Go on",' +
'"Bungalows",' +
'"This building has no doors yet.",' +
'"The doors of this building are arriving.",' +
'"Legend",' +
'"Doors without a floor",' +
'"There are no buildings here yet.",' +
'"Go to an entrance",' +
'"Shops",' +
'"≤ 30 days",' +
'"31–60",' +
'"61–90",' +
'"> 90, none",' +
'{"one": "{n} home, {due} due", "other": "{n} homes, {due} due"},' +
'{"one": "{n} home, {recent} answered within a month.", "other": "{n} homes, {recent} answered within a month."},' +
'"{n} due.",' +
'"Other buildings",' +
'"Back to the page before",' +
'"Suggestion kept.",' +
'"How could this page be easier?",' +
'"Leave it",' +
'"Could this page be easier?",' +
'"Keep",' +
'"One sentence is enough; the station reads it. Leave out whose home it was.",' +
'"What could be easier",' +
'"This was not saved. What you wrote is still on this page; save it again.",' +
'"This phone is full, and this is not saved yet. Delete some photos or videos, then save again; keep this page open.",' +
'{"one": "One thing needs a look. All you wrote is still here.", "other": "{n} things need a look. All you wrote is still here."},' +
'"Choose",' +
'"Change: {fact}",' +
'"{count}",' +
'"Same",' +
'"{fact}: two values, neither is wrong. Choose one",' +
'"not known",' +
'"Facts",' +
'{"one": "{n} home with “{q}”", "other": "{n} homes with “{q}”"},' +
'"Number, name or note",' +
'"Find a door",' +
'{"one": "{n} more. Type a little more.", "other": "{n} more. Type a little more."},' +
'"Nothing with “{q}”. Try other words, or the number alone.",' +
'"Half written:",' +
'"{door} correction",' +
'"New door",' +
'"{door}, new door",' +
'"{door} facts",' +
'"“{door}”",' +
'"A patrol note",' +
'"{door} new person",' +
'"Suggestion",' +
'"{door}",' +
'"This phone holds no grid, so it cannot work without signal. Ask your station for a new link or QR code and open it once.",' +
'"{name}",' +
'"Household",' +
'"Leave it",' +
'"Do not add",' +
'{"one": "Somebody last answered {n} day ago.", "other": "Somebody last answered {n} days ago."},' +
'"Knocked {on}: {result}.",' +
'"Knocked today: {result}.",' +
'"Nobody met yet.",' +
'"Somebody answered today.",' +
'"Look among the doors",' +
'"This door is not in your grid.",' +
'"It may have moved to another grid. What arrived before is still there.",' +
'"There is no such page.",' +
'"The address may be mistyped. What you wrote is still here.",' +
'"This door is not on the phone.",' +
'"It may not have arrived yet, or it moved to another grid. What you wrote is still here.",' +
'"Not here",' +
'"It may have moved to another grid. What you just wrote was not recorded: it stands below. Please pass on to your station master what matters.",' +
'"Last download",' +
'"not yet",' +
'"Grid",' +
'"the browser promised to keep it",' +
'"Model",' +
'"Language",' +
'"when the phone is full the browser may clear it: connect often",' +
'"This phone",' +
'"{name}’s phone",' +
'"Reach the station",' +
'"Lost or changed the phone, or nothing gets through? See the station master. Delete nothing, the station can recover it.",' +
'"Space",' +
'"{used} {unit}",' +
'"{used} {unit} used, {free} {free_unit} free",' +
'"Version",' +
'"A new version is here.",' +
'"What is half written or not sent stays.",' +
'"New version",' +
'"Use it now",' +
'"What I wrote",' +
'"a home that is not here any more",' +
'"It holds what residents said: keep it safe. Earlier visits that this phone does not hold are at the station.",' +
'"Taken out {when}: {n}.",' +
'"No visits written yet.",' +
'"Your own visits as a file to keep, also without a signal. It holds what residents said: keep it to yourself.",' +
'"Save the visits I wrote",' +
'"Visits written by {name}",' +
'"{n} not sent, since {at}",' +
'"All sent",' +
'"{n} not sent, since {at}",' +
'"People",' +
'"Add a person",' +
'"Half written, go on",' +
'"born {year}",' +
'"Call {name}",' +
'"Change {name}",' +
'"lives elsewhere",' +
'"Auntie Chen",' +
'"Nobody is written down yet.",' +
'"self, daughter, tenant",' +
'"Add this person",' +
'"No name yet",' +
'"Find on the board",' +
'"Due",' +
'"Just visited",' +
'"Which door?",' +
'"promised for {on}",' +
'"promised for {on}, passed",' +
'"promised for today",' +
'"From neighbours",' +
'"More to see once you say why (needs a signal)",' +
'"Keep",' +
'"Doors",' +
'"More",' +
'"To send",' +
'"To send {n}",' +
'"Today",' +
'"Needs a closer eye",' +
'"Change",' +
'"optional",' +
'"None noted.",' +
'"All {n}",' +
'"Done today",' +
'{"one": "{n} door to knock on today.", "other": "{n} doors to knock on today."},' +
'{"one": "{n} door to knock on today.", "other": "{n} doors to knock on today."},' +
'"There are no doors here yet.",' +
'"Your grid is arriving. You can begin with the first building.",' +
'"Once the grid is on this phone, this page says which doors to knock on.",' +
'"Only today\'s",' +
'"Every door due today is done.",' +
'{"one": "{n} more home after these", "other": "{n} more homes after these"},' +
'{"one": "{n} more has not been met in the last three months. No hurry, when you pass by.", "other": "{n} more have not been met in the last three months. No hurry, when you pass by."},' +
'"Next",' +
'"No grid is yours at present.",' +
'"Ask the station which grid will be yours. Nothing you wrote is lost; what has not arrived goes by itself.",' +
'{"one": "{n} record has not arrived yet, it is on this phone", "other": "{n} records have not arrived yet, they are on this phone"},' +
'"No door is waiting today.",' +
'"No signal now. Write as usual, it is all kept on this phone.",' +
'"Record a visit",' +
'"{n} more: ",' +
'"answered {n}",' +
'"no answer {n}",' +
'"other {n}",' +
'"Knocked {knocked}, answered {answered}.",' +
'"Visits",' +
'"{n} earlier",' +
'"No visits yet. Knock, and it will stand here.",' +
'"{n} this year",' +
'{"one": "urgent, answered {n} day ago", "other": "urgent, answered {n} days ago"},' +
'{"one": "keep an eye, answered {n} day ago", "other": "keep an eye, answered {n} days ago"},' +
'"knocked {on}",' +
'{"one": "last answered {n} day ago", "other": "last answered {n} days ago"},' +
'"nobody met yet",' +
'"promised for {on}",' +
'"promised for today",' +
'"promised",' +
'"today",' +
'"That day is before this visit. Pick a later one.",' +
'"Choose the building first.",' +
'"A bungalow is in no block: the row of bungalows is chosen now. Check it and save again.",' +
'"Choose one of those listed.",' +
'"The calendar has no such day. Have another look.",' +
'"This door is already there.",' +
'"That time has not come yet. Write when you were there.",' +
'"This time cannot be read. Write it like 2026-11-20 10:36.",' +
'"At most 20 people, each name within 60 characters, with commas between them.",' +
'"Only one whole number goes here.",' +
'"Choose for a point, or say that all is well.",' +
'"Say a few words, then save it.",' +
'"A phone number has digits, and perhaps + - and spaces.",' +
'"Take a photo, say it, or write a few words.",' +
'"First tap how it went: met, no answer …",' +
'"Give the door a number, or roughly where it is, such as “garage, east”.",' +
'"Shops are mostly in the row of shops: it is chosen now. If this one is in the block, choose the block again and save.",' +
'"Write what they are called, or any one thing about them.",' +
'"Write a sentence, then keep it.",' +
'"Write in a sentence what it is about.",' +
'"Too long: at most 10,000 characters. Everything you wrote is still here. Shorten it and save again.",' +
'"At most 20 characters.",' +
'"At most 2,000 characters.",' +
'"At most 30 characters.",' +
'"At most 500 characters.",' +
'"At most 60 characters.",' +
'"You chose to pick a day. Say which one.",' +
'"Say in a sentence what you saw.",' +
'"This step needs a word: why, or how it was done.",' +
'"Write the year with four digits, such as 1944.",' +
'"Back to follow-ups",' +
'"Revisit, ",' +
'"did not count, it had moved on",' +
'"With a day",' +
'"Done, or go again",' +
'"Follow-ups",' +
'{"one": "1 thing to follow up", "other": "{n} things to follow up"},' +
'"Nothing to follow up.",' +
'"See that visit",' +
'"Done",' +
'"Effect",' +
'"Mediation",' +
'"Need",' +
'"Difficulty",' +
'"Promised to come back",' +
'"Proposal",' +
'"Note a mediation of no home",' +
'"Note a mediation",' +
'"What comes next",' +
'"A word with it",' +
'"agreed at a meeting",' +
'"to check for the station",' +
'"promised to come back",' +
'"revisit a mediation",' +
'"Still open",' +
'"Nothing is open.",' +
'"Rated: {rating}",' +
'"What is being rated",' +
'"Something else",' +
'"Mostly satisfied",' +
'"Not satisfied",' +
'"Satisfied",' +
'"Record, as far as known",' +
'"What was agreed",' +
'"What happened",' +
'"Mediators",' +
'"Parties",' +
'"How it is kept",' +
'"What each asks",' +
'"Revisit on",' +
'"How it came",' +
'"Kind",' +
'"Record of the mediation",' +
'"All unchanged",' +
'"They asked",' +
'"We went",' +
'"Said on a recording",' +
'"accepted",' +
'"agreed by word",' +
'"agreed in writing",' +
'"done",' +
'"dropped",' +
'"not settled",' +
'"filed",' +
'"matched",' +
'"in talks",' +
'"new",' +
'"a project",' +
'"rated",' +
'"passed on",' +
'"registered",' +
'"revisited",' +
'"solved on the spot",' +
'"taken up",' +
'"withdrawn",' +
'"Accept",' +
'"Agreed by word",' +
'"Agreed in writing",' +
'"Done",' +
'"Drop it",' +
'"Not settled",' +
'"File it",' +
'"Matched",' +
'"Begin the talks",' +
'"Open again",' +
'"Make it a project",' +
'"Pass it on",' +
'"Revisited",' +
'"Solved on the spot",' +
'"Take it up",' +
'"Withdraw",' +
'"Without a day",' +
'"Since then",' +
'"What it is about, between whom",' +
'"How it went today",' +
'"Who said what, and how far it got",' +
'"How it went",' +
'"Needs mediation",' +
'"Keep as a need",' +
'"Keep, to whistle later",' +
'"Keep as a proposal",' +
'"What these become",' +
'"One tap, nothing to type",' +
'{"one": "1 day overdue", "other": "{n} days overdue"},' +
'"today",' +
'"Their words",' +
'"Added today",' +
'"Checked for an order",' +
'"Looked in on",' +
'"They count on the day they happened.",' +
'"Send again",' +
'"Left alone, it goes by itself at eight in the evening.",' +
'"To look after",' +
'"Looked in on",' +
'"All of it comes from what you recorded. Nothing to fill in.",' +
'"{knocked} doors knocked at, {answered} answered.",' +
'"Which grid",' +
'"new",' +
'"Matters",' +
'"Kept on the phone at {clock}",' +
'"Kept in the browser at {clock}",' +
'"Added later",' +
'{"one": "1 was added later.", "other": "{n} were added later."},' +
'"You no longer walk this grid, so there is no answering here. Just say it in person.",' +
'"Logs",' +
'"A day\'s work makes its log by itself. One look, and it can be sent.",' +
'"Nobody in at {n}.",' +
'"No visit recorded today yet.",' +
'"No visit was recorded on this day.",' +
'{"one": "1 door checked", "other": "{n} doors checked"},' +
'"Something else at {n}.",' +
'"Other days",' +
'"Promised to come again",' +
'"Promised, and kept",' +
'"Returned. {by} says:",' +
'"The log of {on} was returned. {by} says: “{note}”",' +
'"Sent again. The station has not read it yet.",' +
'"The station returned it. Add a few words and send it again.",' +
'"{by} read it on {at}.",' +
'"Sent. The station has not read it yet.",' +
'"Send to the station",' +
'"A home that is in another grid now",' +
'"sent again",' +
'"not sent yet",' +
'"returned",' +
'"read",' +
'"sent",' +
'"waits for signal",' +
'"Today\'s log",' +
'"Log of {on}",' +
'"Today\'s log: {state}",' +
'{"one": "1 visit is still on the phone. It goes by itself when there is signal, and counts on this day.", "other": "{n} visits are still on the phone. They go by themselves when there is signal, and count on this day."},' +
'"Visits",' +
'{"one": "1 visit", "other": "{n} visits"},' +
'"Anything else",' +
'"may stay empty",' +
'"Look again",' +
'"A home that left this grid",' +
'"Check again and a new answer takes the place of these. The station still sees them.",' +
'"Check",' +
'"{by} confirmed this on {at}.",' +
'"Not yet checked",' +
'"Partly checked",' +
'"Two answers differ",' +
'"Fine",' +
'"Not right",' +
'"Which homes",' +
'"by {on}",' +
'"due today",' +
'"All is well",' +
'"From {by}",' +
'{"one": "{n} home belongs to another grid now. You need not go there.", "other": "{n} homes belong to another grid now. You need not go there."},' +
'"was due {on}",' +
'"To check for the station",' +
'"A few words, if you like",' +
'"Not right",' +
'"not looked at",' +
'"Fine",' +
'"What to look at",' +
'"{by} asks you to look again:",' +
'"{by} asks you to look again: “{note}”",' +
'"Done, tell the station",' +
'"The station was told. It has yet to confirm.",' +
'"Done. The station is told once there is a signal.",' +
'"The station was told, it has yet to confirm",' +
'{"one": "{done} of {n} home checked", "other": "{done} of {n} homes checked"},' +
'"Verification order",' +
'"All is well",' +
'"{by} withdrew this on {at}. You need not go on.",' +
'"{by} withdrew it. You need not go on",' +
'"What was written down stays, and the station sees it.",' +
'"{by}, {at}",' +
'"Tries again by itself about {at}; with signal it goes.",' +
'"Tries again by itself about {at}.",' +
'"Everything has arrived.",' +
'"Last arrived {at}.",' +
'"Nothing from this phone has arrived yet.",' +
'"Last arrived today at {at}.",' +
'"This took effect before; nothing is missing.",' +
'"The server could not read this one. It is kept, the station will look.",' +
'"Somebody has decided this already; it is kept.",' +
'"The station has erased what was kept of this home or person. What you wrote is kept, and waits for the station master.",' +
'"This one is kept aside, the station will look. No need to write it again.",' +
'"There are two histories of this phone. Both are kept for the station master.",' +
'"The grid leader or the station decides this; it is kept until then. What you wrote stays, no need to write it again.",' +
'"Somebody else wrote this one. Your change is kept for the station master.",' +
'"This one is kept for the station master. No need to write it again.",' +
'"This door is not in your grid. It is kept for the station master; no need to write it again.",' +
'"When this came, the phone had been put out of use. It is kept, and the station will look at it; no need to write it again.",' +
'"This one came to the server locked, and it could not open it. If you still see it here, write it once more.",' +
'"The server does not have this door yet. It is kept for the station master.",' +
'"The server cannot read this kind yet. It is kept.",' +
'"One tag is on no list, so it is kept aside. Once the station lets it in, all else takes effect without that tag.",' +
'"All you wrote is on the server.",' +
'{"one": "{n} photo or voice note has not arrived yet. It goes by itself.", "other": "{n} photos or voice notes have not arrived yet. They go by themselves."},' +
'"facts checked",' +
'"facts of {who} checked",' +
'" (corrected)",' +
'"{n}",' +
'"{by} did not take it: {reason}. What you wrote is kept.",' +
'"The proof failed: the records as the server gives them now do not go on from those that this phone saw before.",' +
'"Go on as usual, nothing is lost. This phone keeps both proofs, and the station master is told. Until somebody has looked, nothing is called verified here.",' +
'"Nothing written yet.",' +
'"Let it go",' +
'"Send as it is",' +
'"Half-written",' +
'"These homes are no longer on this phone; what you wrote is kept. Send it to the station as it is, finish it, or let it go.",' +
'"Something done",' +
'"row added",' +
'"Looked in",' +
'"Took back a look",' +
'"A log of a day",' +
'"door added",' +
'"facts",' +
'"Took a change back",' +
'"Something moved on",' +
'"Something noted",' +
'"Something rated",' +
'"How a mediation went",' +
'"Something withdrawn",' +
'"A home checked",' +
'"An order reported",' +
'"another record",' +
'"Ended a patrol",' +
'"A note of a patrol",' +
'"Started a patrol",' +
'"Took a note back",' +
'"person added",' +
'"facts of a person",' +
'"who needs a closer eye",' +
'"Took a change back",' +
'"Made a suggestion",' +
'"visit corrected",' +
'"A promise, done",' +
'"visit",' +
'"Settled how a visit reads",' +
'"Took back a change of a visit",' +
'"A step of a whistle",' +
'"A whistle",' +
'"A word about a whistle",' +
'"{who} added",' +
'"facts of {who}",' +
'"closer eye on {who}",' +
'"took back a change for {who}",' +
'{"one": "{n} note is on its way.", "other": "{n} notes are on their way."},' +
'"Tried at {at}, could not reach the server.",' +
'"Tried at {at}, the server did not take it. All is kept here.",' +
'"Tried at {at}, the server does not know this phone any more.",' +
'"{by} let it count.",' +
'"{by} let it count: {reason}",' +
'"Since {at} the station\'s server runs on a restored backup: it may lack the last records that this phone had seen there, up to {n}; the phones that wrote them send them again.",' +
'"This phone keeps both proofs. If nobody at the station restored a backup, tell the station master.",' +
'"The station has put this phone out of use.",' +
'"Nothing you wrote is lost: what had arrived counts as before; what has not goes by itself, and the station looks at it. When all has gone, the grid leaves this phone. To go on, ask your station to take it back, or for a new link.",' +
'"Nothing is lost. No need to wait.",' +
'"{fact}: checked, still so",' +
'"Arrived",' +
'"Kept aside",' +
'"It goes by itself when there is signal.",' +
'"It goes again by itself.",' +
'"plus “{tag}”",' +
'"minus “{tag}”",' +
'"Try now",' +
'"All you wrote is safe on this phone. Show it to the station master; once registered again, it goes.",' +
'"Waiting",' +
'"{n}, since {at}",' +
'{"one": "{n} note waits here for signal.", "other": "{n} notes wait here for signal."},' +
'"Change",' +
'"Back to the note",' +
'"Morning patrol: a look before you go.",' +
'"Afternoon patrol: a look before you go.",' +
'"All of it is on the phone already, nothing to fill in. Where you walk is not recorded.",' +
'"{at}, basement {floor}",' +
'"Other notes of the day",' +
'"Colleagues\' visits since {at}",' +
'"Colleagues\' visits of two days",' +
'{"one": "1 home visited", "other": "{n} homes visited"},' +
'{"one": "1 more home is due", "other": "{n} more homes are due"},' +
'{"one": "1 home is due", "other": "{n} homes are due"},' +
'"End, and send to the station",' +
'"Forgotten? No harm done. Tap End now.",' +
'"under way",' +
'"Problems told lately",' +
'"{h} h {m} min",' +
'"To look in on",' +
'"{m} min",' +
'"less than a minute",' +
'"One in the morning, one in the afternoon: a tap when you leave, a few words on the way, and it sums itself up. Where you walk is not recorded.",' +
'{"one": "1 patrol", "other": "{n} patrols"},' +
'"A note",' +
'"Change this note",' +
'"A note without a patrol",' +
'"Notes of this patrol",' +
'"Nothing new, and nobody to look in on.",' +
'"Not said",' +
'"Tap it on the door board",' +
'"{at}, floor {floor}",' +
'"Go once more",' +
'"Open the patrol",' +
'"The patrol is over.",' +
'"Morning",' +
'"Afternoon",' +
'"Started at {at}, {lasted} so far.",' +
'"The patrol of {at} has not been ended",' +
'"Save the note",' +
'"Kept: {what}.",' +
'"under an hour",' +
'"Start the patrol",' +
'"So far",' +
'"Tap the nearest door. Entrance and floor are kept, not whose door it is.",' +
'"Patrol",' +
'"Today\'s log",' +
'"Morning patrol: done",' +
'"Afternoon patrol: done",' +
'"Morning patrol: not started",' +
'"Afternoon patrol: not started",' +
'"Patrol: under way since {at}",' +
'"not known how long",' +
'"What it is",' +
'"Change",' +
'"Demand",' +
'"Dispute",' +
'"Problem",' +
'"Where",' +
'"Take back",' +
'"A few words",' +
'"Done. Your whole grid is on this phone; you can read and record without signal. Add Sifang to the home screen and open it from there.",' +
'"Bringing your grid onto this phone. Until it is here, you need signal.",' +
'"This browser cannot keep your grid on the phone. It works while there is signal.",' +
'"The grid is not all here yet. What has come stays; the rest comes by itself when there is signal. Until then, you need signal.",' +
'"Back to Today",' +
'"This page did not open.",' +
'"What you wrote is on the phone, nothing is lost. Go back to Today and come in from there.",' +
'"I was given eight digits",' +
'"This phone holds no grid yet, and the server was not reached.",' +
'"Open it again where there is signal.",' +
'"This phone is out of use.",' +
'"Everything saved on it has gone to the station, and nothing is kept here any more. To use it again, ask the station for a new link.",' +
'"This page needs the server.",' +
'"It is not kept on this phone. Open it again when there is signal.",' +
'"This was not saved.",' +
'"Go back to the page before and save once more. What was saved earlier is still on the phone.",' +
'{"one": "{n} home due in all", "other": "{n} homes due in all"},' +
'"For {away}",' +
'{"one": "{n} matter to follow up", "other": "{n} matters to follow up"},' +
'"{away} has no phone",' +
'{"one": "{away}\'s phone: {n} note not sent, last heard {when}", "other": "{away}\'s phone: {n} notes not sent, last heard {when}"},' +
'"{away}\'s phone has never been heard",' +
'"until {day}",' +
'"First choose a PIN for what is on this phone",' +
'"Choose a new PIN",' +
'"The station has recognised you. What is unsent still goes up, and the residents come anew. What was half written cannot be opened any more.",' +
'"Six figures that you remember and others do not guess. All about residents is locked with it on this phone; after a while without use it is asked for again.",' +
'"Locking what is on this phone…",' +
'"One back",' +
'"Six figures",' +
'"Should you forget it: get a new link at the station and choose another.",' +
'"Forgot the PIN?",' +
'"What is unsent still arrives. Nothing of it is lost.",' +
'"Get a new link at the station, in person, and open it on this phone: then you choose a new PIN.",' +
'"Use this one",' +
'"What you wrote is kept, and goes up by itself when there is signal.",' +
'"What you wrote is kept, and goes on when the phone is open.",' +
'"Kept. You see it when the phone is open.",' +
'"Lock now",' +
'"It locks by itself after five minutes without use. Locked it still records and sends.",' +
'"Lock",' +
'"This phone is locked",' +
'"Note something first",' +
'"No time to open? Write it here",' +
'"Which door is this note for?",' +
'"Keep it",' +
'"It is kept and locked at once. When the phone is open you put it to a door.",' +
'"All you wrote has arrived.",' +
'"Open",' +
'"Opening…",' +
'"Open with fingerprint or face",' +
'"The PIN still works. Every fingerprint and face this phone knows will open it: if somebody else\'s is among them, take it out in the phone\'s settings first.",' +
'"The fingerprint or face of this phone cannot be a key yet. Type the PIN as before.",' +
'"Use it",' +
'"Setting it up. Look at what the phone asks…",' +
'"Fingerprint or face opens it as well. The PIN still works.",' +
'"Open with fingerprint or face",' +
'"First your PIN; then the phone asks for your fingerprint or face",' +
'"Only the PIN, no fingerprint or face",' +
'"From now on a touch or a look opens what is on this phone, without the PIN. It works without signal.",' +
'"Not recognised. Try again, or type the PIN.",' +
'"It was not set up. Try once more; the PIN still works.",' +
'"That was several times. Come back in a while; the PIN has not changed.",' +
'"Who shares this phone",' +
'"It locks when somebody else takes over. What is unsent still goes up.",' +
'"{name}\'s turn",' +
'"Type your PIN to open",' +
'"This phone",' +
'"Once more",' +
'"That was several times. Wait {n} seconds, then type it again. All you wrote is here and stays.",' +
'"That was several times. Wait {n} minutes, then type it again. All you wrote is here and stays.",' +
'{"one": "One record is still to arrive. It is safe here and goes up by itself.", "other": "{n} records are still to arrive. They are safe here and go up by themselves."},' +
'"That one is easy to guess. Choose another.",' +
'"That is not it. Look again.",' +
'"It takes six figures.",' +
'"The two are not alike. Once more.",' +
'"What is hard",' +
'"Did last time\'s help",' +
'"What would you do",' +
'"What would help",' +
'"Four asks, all optional",' +
'"tap to write",' +
'"Before",' +
'"What stood before is on the server; the station can read it.",' +
'{"one": "{n} version", "other": "{n} versions"},' +
'"still on its way",' +
'"The file is broken and the server cannot read it. It stays on the phone.",' +
'"This phone made room when it was full, and the server lost it afterwards: it is gone.",' +
'"The server does not take this kind of file. It stays on the phone.",' +
'"It says where it was made, so the server did not take it. It stays on the phone.",' +
'"Too large a picture for the server. It stays on the phone.",' +
'"Take it out",' +
'"Photos and voice notes",' +
'"; ",' +
'"none needed",' +
'"not arrived yet",' +
'"Are they all right",' +
'"Not said",' +
'"Who came along",' +
'"Lin, Sun",' +
'"Correct it",' +
'"Visit of {on}.",' +
'"What stood before is kept as well.",' +
'"Correct a visit",' +
'"corrected",' +
'"Draft kept in this browser {clock}",' +
'"Draft kept {clock}",' +
'"entered for them",' +
'"entered by {by}",' +
'"Go on writing",' +
'"{door}: how was it",' +
'"from the ledger",' +
'"This one came from the visits ledger.",' +
'"added {on}",' +
'"Added later: visited {on}, arrived {came}.",' +
'"met {who}",' +
'"{weekday} {part}: {mode} chosen",' +
'"Next time",' +
'"Which day",' +
'"Keep {on}",' +
'"Nothing set",' +
'"promised {on}",' +
'"Pick a day",' +
'"Sat {on}",' +
'"Promised for {on}: it stands until somebody is met then. A new day takes its place.",' +
'"Next {weekday}",' +
'"One visit",' +
'"Visit of {on}",' +
'"Add a photo",' +
'"Photo {n}",' +
'{"one": "{n} photo", "other": "{n} photos"},' +
'"{n} arrived",' +
'"For the station alone: once kept, this phone cannot show it either",' +
'"What was said is at the station and not shown here. Write nothing new, and it stays.",' +
'"For the station alone; not shown here.",' +
'"Words, who was met, photos and voice notes are seen by the station master and the grid\'s leader at the station only.",' +
'"All well",' +
'"No answer",' +
'"Write it down",' +
'"{name}",' +
'"What was said",' +
'"Nothing else was written.",' +
'"Keep",' +
'"Written down: {result}.",' +
'"Correct",' +
'"Next door",' +
'"Counted as",' +
'"Visited",' +
'"Arrived",' +
'"Written",' +
'"When",' +
'"with {who}",' +
'"perhaps doubled",' +
'"Say it",' +
'"Add a voice note",' +
'"Voice note {n}",' +
'"{n} s",' +
'"Recording {s} s, tap to stop",' +
'{"one": "{n} voice note", "other": "{n} voice notes"},' +
'"{n} arrived",' +
'"When it was",' +
'"Not just now? Set the time",' +
'"empty keeps it",' +
'"empty means now",' +
'"Which kind",' +
'"Whom you met",' +
'"All of it",' +
'"Anything else said",' +
'"Whistles here in three days",' +
'"See earlier ones",' +
'"Back to whistles",' +
'"Blow the whistle",' +
'"Which building",' +
'"Not in a building",' +
'"What kind",' +
'"Not sure yet",' +
'"Water, heating",' +
'"Property management",' +
'"Public health",' +
'"People in need",' +
'"Matters from the past",' +
'"Streets and waste",' +
'"Lamps, covers, roads",' +
'"Fire hazards",' +
'"Public order",' +
'"Quarrels",' +
'"Noise, building work",' +
'"Questions of policy",' +
'"Reaching the household",' +
'"They agree that the department may call",' +
'"In danger call 110, 119 or 120 first.",' +
'"Asked first",' +
'"From a difficulty",' +
'"What to call it",' +
'"else its first words",' +
'"Blow the whistle",' +
'"What next",' +
'"None is open.",' +
'"In words",' +
'"Blow the whistle for this",' +
'"Blow the whistle for what was said here",' +
'"A whistle",' +
'"Open",' +
'{"one": "{n} more is open", "other": "{n} more are open"},' +
'"Over",' +
'"Where exactly",' +
'"like “east gate”, “stairs of entrance 2”",' +
'"What the household says",' +
'"Mostly satisfied",' +
'"Not satisfied",' +
'"Satisfied",' +
'"a resident",' +
'"How it was solved",' +
'"The department accepted",' +
'"Closed",' +
'"Sent to a department",' +
'"Given more time",' +
'"Being done",' +
'"Not taken on",' +
'"Merged with another",' +
'"Not done, again",' +
'"Whistle blown",' +
'"The department says it is done",' +
'"The committee responded",' +
'"Given back",' +
'"The household is to be asked",' +
'"Settled on the spot",' +
'"On hold",' +
'"Someone should look",' +
'"Taken back",' +
'"Accept",' +
'"Close it",' +
'"Send it",' +
'"Needs more time",' +
'"Start",' +
'"Do not take it on",' +
'"Merge",' +
'"Not done, do it again",' +
'"Ask again",' +
'"It is done",' +
'"Respond",' +
'"Give it back",' +
'"I looked, it is done",' +
'"Settled on the spot",' +
'"Put on hold",' +
'"Have someone look",' +
'"Take it back",' +
'"Step by step",' +
'"Only say it",' +
'"Add a word",' +
'"Whistles",' +
'"A word",' +
'"How urgent",' +
'"Complex",' +
'"Danger",' +
'"Normal",' +
'"Urgent",' +
'"Waiting for you",' +
'"What did you see",' +
'"there is no such step: it changed nothing",' +
'"it is for others to say: it changed nothing",' +
'"somebody was ahead: it changed nothing",' +
'"more time is given once: it changed nothing",' +
'"What it is",' +
'"{building}, entrance {entrance}, {room}",' +
'"{building}, {room}",' +
'"{n} d",' +
'"not met",' +
'"shop",' +
'"today",' +
'"empty",' +
'", ",' +
'"Sifang",' +
'"Hardship",' +
'"Result",' +
'"Idea",' +
'"Need",' +
'"monthly",' +
'"quarterly",' +
'"weekly",' +
'"fine",' +
'"urgent",' +
'"keep an eye",' +
'": ",' +
'", ",' +
'"living",' +
'"has died",' +
'"Entrance {entrance}",' +
'"Born",' +
'"Called",' +
'"Living",' +
'"People",' +
'"Lives",' +
'"Called",' +
'"Note",' +
'"Home",' +
'"Phone",' +
'"Relation",' +
'"{floor}F",' +
'"B{floor}",' +
'{"one": "{n} home", "other": "{n} homes"},' +
'"en",' +
'"This looks like an identity card number. If it is not needed, take it out: it is not kept here.",' +
'"Basement",' +
'"Bungalow",' +
'"Home",' +
'"Other",' +
'"Shop",' +
'"Lives elsewhere",' +
'"Lives here",' +
'"care",' +
'"two values",' +
'"due",' +
'"knocked, met nobody",' +
'"promised",' +
'"not sent",' +
'"at the door",' +
'"evening",' +
'"came to us",' +
'"weekend",' +
'"No entrance",' +
'"Owner lives here",' +
'"Rented",' +
'"Shop",' +
'"Not known",' +
'"Empty",' +
'"afternoon",' +
'"evening",' +
'"morning",' +
'"noon",' +
'"Kept on phone",' +
'"Verified",' +
'"Waits for proof",' +
'"On the server",' +
'"Waits for server",' +
'"busy",' +
'"met",' +
'"moved out",' +
'"no answer",' +
'"declined",' +
'"empty",' +
'{"one": "answered {n} day ago", "other": "answered {n} days ago"},' +
'"nobody met yet",' +
'"shop",' +
'"answered today",' +
'"empty home",' +
'"Skip to the page",' +
'". ",' +
'"Main menu",' +
'"bereaved parents",' +
'"child in hardship",' +
'"disabled",' +
'"elder living alone",' +
'"elder couple",' +
'"from elsewhere",' +
'"left-behind child",' +
'"low income",' +
'"veteran",' +
'"at the door",' +
'"met outside",' +
'"by telephone",' +
'"{building}, entrance {entrance}",' +
'"{building}",' +
'"All of it"]',
};

/** @param {'zh' | 'en'} lang */
function read(lang) {
  const messages = JSON.parse(said[lang]);
  /** @type {Record<string, any>} */
  const found = {};
  JSON.parse(keys).forEach((/** @type {string} */ key, /** @type {number} */ i) => (found[key] = messages[i]));
  return found;
}

/** Each language is read when its first word is asked for. @type {Record<string, Record<string, any>>} */
export const catalogues = {};
for (const lang of /** @type {('zh' | 'en')[]} */ (['zh', 'en'])) {
  const be = (/** @type {any} */ value) => Object.defineProperty(catalogues, lang, { value, writable: true });
  Object.defineProperty(catalogues, lang, { get: () => be(read(lang))[lang], configurable: true, enumerable: true });
}
