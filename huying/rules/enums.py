"""The field's words as code words. The stored value is the code word; words for people stand in `labels`."""

from enum import StrEnum


class State(StrEnum):
    """Where an appeal stands (one at a time)."""

    RECEIVED = "received"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    ANSWERED = "answered"
    CALLBACK = "callback"
    DEFERRED = "deferred"
    CLOSED = "closed"
    REFUSED = "refused"
    REFERRED = "referred"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"


class Flag(StrEnum):
    """What is true of an appeal beside its state (any number at a time). Each is a column of the appeal."""

    DECLINE_PENDING = "decline_pending"
    DESIGNATED = "designated"
    PAUSED = "paused"
    EXTENSION_PENDING = "extension_pending"
    EXTENDED = "extended"
    DEFERRAL_PENDING = "deferral_pending"
    SUPERVISED = "supervised"
    ESCALATED = "escalated"
    SAFETY = "safety"
    DISPUTED = "disputed"
    UNREVIEWED = "unreviewed"
    WITHDRAW_PENDING = "withdraw_pending"
    IS_PETITION = "is_petition"
    IMPORTED = "imported"
    LATE_ENTRY = "late_entry"


class Action(StrEnum):
    """What can be done to an appeal. Its file, function, URL name and test file share this name."""

    REGISTER = "register"
    MARK_SAFETY = "mark_safety"
    CLEAR_SAFETY = "clear_safety"
    RECORD_REPORT = "record_report"
    REFUSE = "refuse"
    REFER_OUT = "refer_out"
    JOIN = "join"
    UNJOIN = "unjoin"
    SPLIT = "split"
    ANSWER_AT_ONCE = "answer_at_once"
    DISPATCH = "dispatch"
    ACKNOWLEDGE = "acknowledge"
    DECLINE = "decline"
    APPROVE_DECLINE = "approve_decline"
    REJECT_DECLINE = "reject_decline"
    ASSIGN = "assign"
    CONTACT = "contact"
    ASK = "ask"
    ASSIST = "assist"
    TAKE_STATEMENT = "take_statement"
    PAUSE = "pause"
    RESUME = "resume"
    REQUEST_EXTENSION = "request_extension"
    APPROVE_EXTENSION = "approve_extension"
    REJECT_EXTENSION = "reject_extension"
    REQUEST_DEFERRAL = "request_deferral"
    DEFER = "defer"
    REJECT_DEFERRAL = "reject_deferral"
    UNDEFER = "undefer"
    ANSWER = "answer"
    APPROVE_ANSWER = "approve_answer"
    SEND_BACK = "send_back"
    CALL_BACK = "call_back"
    CLOSE = "close"
    RATE = "rate"
    DISPUTE = "dispute"
    DISPUTE_CONTACT = "dispute_contact"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    UNDO_WITHDRAW = "undo_withdraw"
    CONFIRM = "confirm"
    OVERTURN = "overturn"
    RECLASSIFY = "reclassify"
    NAME_SUBJECT = "name_subject"
    DISMISS_SUBJECT = "dismiss_subject"
    RECUSE = "recuse"
    ADD_MESSAGE = "add_message"
    REPLACE_CODE = "replace_code"
    HAND_OVER = "hand_over"
    ESCALATE = "escalate"
    SUPERVISE = "supervise"
    LIFT_SUPERVISION = "lift_supervision"
    REMIND = "remind"
    REQUEST_UNMASK = "request_unmask"
    APPROVE_UNMASK = "approve_unmask"
    REJECT_UNMASK = "reject_unmask"
    UNMASK = "unmask"
    NAME_READER = "name_reader"
    READ_ORIGINAL = "read_original"
    SUMMARISE = "summarise"
    ERASE = "erase"
    EXCLUDE = "exclude"
    INCLUDE = "include"
    LINK_REPEAT = "link_repeat"
    UNLINK_REPEAT = "unlink_repeat"
    PUBLISH = "publish"
    TAKE_DOWN = "take_down"


class UnitLevel(StrEnum):
    """Tiers, from the lowest to the highest; GRADE and OFFICE are one tier."""

    CLASS = "class"
    GRADE = "grade"
    OFFICE = "office"
    SCHOOL = "school"
    DISTRICT = "district"
    COUNTY = "county"
    CITY = "city"

    @property
    def tier(self) -> int:
        """How high it stands; a class is 1."""
        return {"class": 1, "grade": 2, "office": 2, "school": 3, "district": 4, "county": 5, "city": 6}[self.value]


class PostKind(StrEnum):
    """A dated appointment; what a person may do follows from the posts held today."""

    CLERK = "clerk"
    DISPATCHER = "dispatcher"
    CLASS_TEACHER = "class_teacher"
    GRADE_HEAD = "grade_head"
    OFFICE_HEAD = "office_head"
    CALLER = "caller"
    PRINCIPAL = "principal"
    INSPECTOR = "inspector"
    COUNTY_DISPATCHER = "county_dispatcher"
    COUNTY_SUPERVISOR = "county_supervisor"
    AUDITOR = "auditor"
    SECURITY_ADMIN = "security_admin"
    SYSTEM_ADMIN = "system_admin"


class ActorKind(StrEnum):
    """Who acts: a member of staff, the appellant with a receipt, the timer, or the import of past appeals."""

    STAFF = "staff"
    APPELLANT = "appellant"
    TIMER = "timer"
    IMPORT = "import"
    NOBODY = "nobody"


class AppealKind(StrEnum):
    INQUIRY = "INQUIRY"
    HELP = "HELP"
    COMPLAINT = "COMPLAINT"
    REPORT = "REPORT"
    SUGGESTION = "SUGGESTION"
    PRAISE = "PRAISE"


class PetitionClass(StrEnum):
    OPINION = "OPINION"
    ACCUSATION = "ACCUSATION"
    CLAIM = "CLAIM"


class PrivacyMode(StrEnum):
    OPEN = "open"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Severity(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"


class Sensitivity(StrEnum):
    NORMAL = "normal"
    RESTRICTED = "restricted"


class Finding(StrEnum):
    SUBSTANTIATED = "SUBSTANTIATED"
    PARTLY = "PARTLY"
    UNSUBSTANTIATED = "UNSUBSTANTIATED"
    UNVERIFIABLE = "UNVERIFIABLE"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    NOT_RECORDED = "NOT_RECORDED"


class Resolved(StrEnum):
    YES = "YES"
    NO = "NO"
    NOT_ASKED = "NOT_ASKED"


class Satisfaction(StrEnum):
    SATISFIED = "SATISFIED"
    BASICALLY = "BASICALLY"
    DISSATISFIED = "DISSATISFIED"
    NOT_RATED = "NOT_RATED"
    NOT_ASKED = "NOT_ASKED"
    UNREACHABLE = "UNREACHABLE"


class SubjectStatus(StrEnum):
    TYPED = "typed"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class TextKind(StrEnum):
    """Texts stand in rows of their own, salted, so that erasure leaves the chain whole."""

    VERBATIM = "verbatim"
    TITLE = "title"
    SUMMARY = "summary"
    WISH = "wish"
    REQUEST_ITEM = "request_item"
    SUBJECT = "subject"
    MESSAGE = "message"
    QUESTION = "question"
    REASON = "reason"
    NOTE = "note"
    REPLY = "reply"
    ITEM_REPLY = "item_reply"
    STATEMENT = "statement"
    PLAN = "plan"
    DEMAND = "demand"


class LimitUnit(StrEnum):
    """WD and CD are different things and never mixed."""

    WORKING_DAYS = "WD"
    CALENDAR_DAYS = "CD"
    WORKING_HOURS = "WH"
    HOURS = "H"
    MINUTES = "MIN"


class ClockKind(StrEnum):
    TRIAGE = "triage"
    ACKNOWLEDGE = "acknowledge"
    FIRST_CONTACT = "first_contact"
    DECLINE = "decline"
    DECLINE_RULING = "decline_ruling"
    ANSWER = "answer"
    OUTER = "outer"
    REVIEW = "review"
    CALLBACK = "callback"
    REWORK = "rework"
    ASSISTING = "assisting"
    DEFERRAL = "deferral"
    PAUSE_CAP = "pause_cap"
    WITHDRAWAL = "withdrawal"
    DISPUTE_WINDOW = "dispute_window"
    REOPEN_WINDOW = "reopen_window"
    SUPERVISION = "supervision"
    BULLYING_INQUIRY = "bullying_inquiry"
    REPORT_AT_ONCE = "report_at_once"
    PETITION_NOTICE = "petition_notice"
    PETITION_DECISION = "petition_decision"


class Colour(StrEnum):
    """How late a date is: a notice without colour, one working day before, or from the first working day after."""

    NOTICE = "notice"
    YELLOW = "yellow"
    RED = "red"


class Rung(StrEnum):
    """Whom a step of the ladder tells. An empty post, or one in conflict, is passed over upwards."""

    WORKER = "worker"
    DESK = "desk"
    HEAD = "head"
    PRINCIPAL = "principal"
    COUNTY = "county"


class RedLine(StrEnum):
    """Matters with a legal duty to report."""

    BULLYING = "bullying"
    SEXUAL_HARM = "sexual_harm"
    CORPORAL_PUNISHMENT = "corporal_punishment"
    SELF_HARM = "self_harm"
    MISSING = "missing"
    FOOD_POISONING = "food_poisoning"
    OTHER_DANGER = "other_danger"


class ContactWay(StrEnum):
    PHONE = "phone"
    VISIT = "visit"
    WECHAT = "wechat"
    RELAY = "relay"
    LETTER = "letter"


class RefusalGround(StrEnum):
    """Grounds for not taking a matter on (潍坊条例 19)."""

    OTHER_LAWFUL_ROUTE = "other_lawful_route"
    IN_PETITION = "in_petition"
    SECRETS = "secrets"
    ALREADY_CONCLUDED = "already_concluded"
    OTHER = "other"


class ExclusionGround(StrEnum):
    """Why an order is left out of appraisal (剔除). It speaks of the order, never of who filed it."""

    UNREASONABLE = "unreasonable"
    UNFOUNDED = "unfounded"
    BEYOND_DUTY = "beyond_duty"
    AGAINST_POLICY = "against_policy"
    COUNTED_TWICE = "counted_twice"


class Station(StrEnum):
    """Where an appeal lies, as the chain of responsibility tells it."""

    DESK = "desk"
    UNIT = "unit"
    HAND = "hand"
    REVIEW = "review"
    CALL = "call"
    SHELF = "shelf"


class DutyStage(StrEnum):
    """Where an accountability case (责任追究) stands."""

    OPENED = "opened"
    SERVED = "served"
    HEARD = "heard"
    PROPOSED = "proposed"
    DECIDED = "decided"
    OBJECTED = "objected"
    CARRIED_OUT = "carried_out"
    CLOSED = "closed"
    DROPPED = "dropped"


class DutyAct(StrEnum):
    """What can be done in an accountability case."""

    OPEN = "open"
    SERVE = "serve"
    STATE = "state"
    WAIVE = "waive"
    ADD_STATEMENT = "add_statement"
    PROPOSE = "propose"
    RETURN = "return"
    DECIDE = "decide"
    OBJECT = "object"
    DECIDE_OBJECTION = "decide_objection"
    CARRY_OUT = "carry_out"
    CLOSE = "close"
    DROP = "drop"


class DutyFinding(StrEnum):
    """What somebody may be held to account for (信访工作条例 44–46；潍坊条例 26、33、35)."""

    NOT_REGISTERING = "not_registering"
    NOT_TELLING = "not_telling"
    DELAY = "delay"
    REFUSING_RECEIPT = "refusing_receipt"
    FALSE_CLOSURE = "false_closure"
    FALSIFICATION = "falsification"
    LEAK = "leak"
    RETALIATION = "retaliation"
    CONCEALMENT = "concealment"


class DutyMeasure(StrEnum):
    """How somebody is held to account; the product records, it does not discipline."""

    NONE = "none"
    REMINDER = "reminder"
    TALK = "talk"
    WRITTEN = "written"
    CIRCULAR = "circular"
    TRANSFER = "transfer"


class RequestStage(StrEnum):
    """Where a request for exclusion (剔除) or an appraisal objection (考核申诉) stands."""

    ASKED = "asked"
    FIRST_GRANTED = "first_granted"
    GRANTED = "granted"
    REJECTED = "rejected"


class Correction(StrEnum):
    """What a granted appraisal objection corrects."""

    EXCLUDE = "exclude"
    INCLUDE = "include"
    NOTE = "note"


class PauseReason(StrEnum):
    MORE_INFORMATION = "more_information"
    APPELLANT_AWAY = "appellant_away"
    EXPERT_FINDING = "expert_finding"
    OTHER_BODY = "other_body"


class RecusalReason(StrEnum):
    RELATIVE = "relative"
    INVOLVED = "involved"
    OTHER_INTEREST = "other_interest"


class UnmaskPurpose(StrEnum):
    """What a sealed identity is asked for."""

    CALL = "call"
    VISIT = "visit"
    VERIFY = "verify"
    SAFETY = "safety"


class ExportPurpose(StrEnum):
    """What a sheet of appeals is taken out of the house for."""

    REPORT = "report"
    CHECK = "check"
    MEETING = "meeting"
    INSPECTION = "inspection"
    HAND_OVER = "hand_over"


class ContactField(StrEnum):
    """The parts of a sealed identity; each is asked for by itself."""

    NAME = "name"
    PHONE = "phone"
    OTHER = "other"
    RELATION = "relation"
    CHILD = "child"


class AlarmRule(StrEnum):
    """What a warning was raised by."""

    VOLUME = "volume"
    REPEAT = "repeat"
    MANY = "many"
    PHRASE = "phrase"
    OVERDUE = "overdue"
    RED_LINE = "red_line"
    DISSATISFIED = "dissatisfied"
    SILENCE = "silence"


class AlarmKind(StrEnum):
    """How soon it wants to be looked at."""

    MONTHLY = "monthly"
    URGENT = "urgent"


class AlarmStatus(StrEnum):
    """How far a warning has come."""

    OPEN = "open"
    REMINDED = "reminded"
    TALKING = "talking"
    RECTIFYING = "rectifying"
    CLOSED = "closed"


class AlarmStep(StrEnum):
    """What happened to a warning; the first two are the daily look's."""

    FOUND = "found"
    GREW = "grew"
    REMIND = "remind"
    TALK = "talk"
    STUDY = "study"
    RECTIFY = "rectify"
    FULFIL = "fulfil"
    RAISE = "raise"
    CLOSE = "close"


class SurveyQuestion(StrEnum):
    """What a slip asks: five questions, one screen."""

    OVERALL = "overall"
    REACHABLE = "reachable"
    ANSWERED = "answered"
    MANNERS = "manners"
    FEARLESS = "fearless"


class SurveyAnswer(StrEnum):
    """What can be answered to each of them."""

    YES = "yes"
    MOSTLY = "mostly"
    NO = "no"
    UNSURE = "unsure"


class TargetStanding(StrEnum):
    """How a year stands against its target."""

    TOO_FEW = "too_few"
    RISING = "rising"
    SHORT = "short"
    WITHIN = "within"
    BEYOND = "beyond"


class Measure(StrEnum):
    """What an appeal adds to a tally, each on the day its own time basis says (see `rules.strokes`)."""

    # by the day of receipt
    RECEIVED = "received"
    REPEATED = "repeated"
    LATE_ENTERED = "late_entered"
    RED_LINE = "red_line"
    FROM_OUTSIDE = "from_outside"
    # by the day it was dispatched
    DISPATCHED = "dispatched"
    SIGNED_IN_TIME = "signed_in_time"
    CONTACT_DUE = "contact_due"
    CONTACT_IN_TIME = "contact_in_time"
    # by the day it was due
    DUE = "due"
    ON_TIME = "on_time"
    FEEDBACK_DUE = "feedback_due"
    FEEDBACK_IN_TIME = "feedback_in_time"
    FINAL_LATE = "final_late"
    FINAL_OPEN = "final_open"
    STEP_LATE = "step_late"
    STEP_OPEN = "step_open"
    # by the day the answer went out
    ANSWERED = "answered"
    ANSWER_TRIED = "answer_tried"
    ANSWER_CALLED = "answer_called"
    # by the day of the call
    TRIED = "tried"
    NOT_REACHED = "not_reached"
    CALLED = "called"
    CALLED_CONTACTED = "called_contacted"
    CALLED_RESOLVED = "called_resolved"
    CALLED_SATISFIED = "called_satisfied"
    CALLED_BASICALLY = "called_basically"
    CALLED_DISSATISFIED = "called_dissatisfied"
    # by the day the file was closed
    CLOSED = "closed"
    CLOSED_AT_ONCE = "closed_at_once"
    CLOSED_REWORKED = "closed_reworked"
    FOUND = "found"
    FOUND_TRUE = "found_true"
    # by the day it came into, or left, the hands of the house: +1 and -1
    IN_HAND = "in_hand"
    # by the day of the act
    DECLINED = "declined"
    DECLINE_REFUSED = "decline_refused"
    REFUSED = "refused"
    REFERRED = "referred"
    RECLASSIFIED = "reclassified"
    JOINED = "joined"
    UNJOINED = "unjoined"
    PAUSED = "paused"
    PAUSED_DAYS = "paused_days"
    EXTENDED = "extended"
    RULED = "ruled"
    CONTACTED = "contacted"
    CONTACT_DENIED = "contact_denied"
    SENT_BACK = "sent_back"
    DISPUTED = "disputed"
    REOPENED = "reopened"
    RATED = "rated"
    RATED_SPOKEN = "rated_spoken"
    RATED_BY_PHONE = "rated_by_phone"
    WITHDRAWN = "withdrawn"
    WITHDRAWAL_UNDONE = "withdrawal_undone"
    EXCLUDED = "excluded"
    UNREVIEWED = "unreviewed"
    OVERTURNED = "overturned"
    SUPERVISED = "supervised"


class Standing(StrEnum):
    """Whether an appeal counts in handling figures. Volume and safety count them all."""

    COUNTED = "counted"
    EXCLUDED = "excluded"
    OUTSIDE = "outside"
    PRAISE = "praise"


class ProceedingKind(StrEnum):
    """What the tiers above do about a matter that keeps coming back."""

    INTERVIEW = "interview"
    STUDY = "study"
    CHECK = "check"


class ProceedingStage(StrEnum):
    """How far a proceeding has come."""

    ANNOUNCED = "announced"
    HELD = "held"
    UNDER_WAY = "under_way"
    RAISED = "raised"
    CLOSED = "closed"
    CALLED_OFF = "called_off"


class ProceedingAct(StrEnum):
    """One line of the record of a proceeding; never edited."""

    CALL_INTERVIEW = "call_interview"
    HOLD_INTERVIEW = "hold_interview"
    SIGN_RECORD = "sign_record"
    RECHECK_INTERVIEW = "recheck_interview"
    RAISE_INTERVIEW = "raise_interview"
    CALL_OFF = "call_off"
    OPEN_STUDY = "open_study"
    DECIDE_STUDY = "decide_study"
    CLOSE_STUDY = "close_study"
    ANNOUNCE_CHECK = "announce_check"
    DRAW_CHECK = "draw_check"
    RECORD_CHECK = "record_check"
    CLOSE_CHECK = "close_check"
    FINISH_ITEM = "finish_item"


class InterviewWeight(StrEnum):
    """A talk, or the heavier one that follows when nothing came of it."""

    TALK = "talk"
    KEY_TALK = "key_talk"


class InterviewGround(StrEnum):
    """What a talk is called for."""

    ALARM = "alarm"
    OVERDUE = "overdue"
    REWORK = "rework"
    DISSATISFACTION = "dissatisfaction"
    FALSE_CLOSURE = "false_closure"
    OTHER = "other"


class SigningSide(StrEnum):
    """Who signs the record of a talk."""

    CALLER = "caller"
    UNIT = "unit"


class RecheckResult(StrEnum):
    """What the look afterwards found."""

    FULFILLED = "fulfilled"
    PARTLY = "partly"
    NOT_FULFILLED = "not_fulfilled"


class CheckResult(StrEnum):
    """What a spot check found in one closed appeal."""

    SOUND = "sound"
    DEFECT = "defect"
    FALSE_CLOSURE = "false_closure"
    NOT_REACHED = "not_reached"


class PublicationStanding(StrEnum):
    """How a public text stands. Only PUBLISHED is read by everyone."""

    DRAFTED = "drafted"
    PUBLISHED = "published"
    WITHHELD = "withheld"
    TAKEN_DOWN = "taken_down"


class PublicationAct(StrEnum):
    """One line of the record of a public text; never edited."""

    DRAFT = "draft"
    REDRAFT = "redraft"
    APPROVE = "approve"
    WITHHOLD = "withhold"
    TAKE_DOWN = "take_down"


class BulletinStage(StrEnum):
    """How far a monthly bulletin has come."""

    DRAFT = "draft"
    CHECKED = "checked"
    SIGNED = "signed"
    ISSUED = "issued"
    ARCHIVED = "archived"


class BulletinAct(StrEnum):
    """What is done to a monthly bulletin."""

    DRAFT = "draft"
    EDIT = "edit"
    COUNT_AGAIN = "count_again"
    CHECK = "check"
    RETURN = "return"
    SIGN = "sign"
    ISSUE = "issue"
    REPLY = "reply"
    ARCHIVE = "archive"


class CaseLetter(StrEnum):
    """An official paper to whoever filed an appeal."""

    OPINION = "opinion"
    TAKEN_ON = "taken_on"
    EXTENDED = "extended"
    REFUSED = "refused"
    REFERRED = "referred"
