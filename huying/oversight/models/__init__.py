"""The tables of oversight: what is counted, warned about, talked over, called to account, excluded and published."""

from huying.oversight.models.accountability import AccountabilityCase, DutyEvent, DutyFact
from huying.oversight.models.alarms import Alarm, AlarmCase, AlarmRecord, DailyLook
from huying.oversight.models.appraisal import AppraisalAct, AppraisalObjection, ExclusionRequest
from huying.oversight.models.bulletins import Bulletin, BulletinRecord
from huying.oversight.models.counting import Counted, Stroke
from huying.oversight.models.doors import DoorTest
from huying.oversight.models.proceedings import (
    Interview,
    JointStudy,
    Proceeding,
    ProceedingCase,
    ProceedingEvent,
    RectificationItem,
    Signature,
    SpotCall,
    SpotCheck,
)
from huying.oversight.models.publication import OpenMonth, OpennessDecision, PublicationEvent, PublishedCase
from huying.oversight.models.survey import Answered, Slip, Survey

__all__ = [
    "AccountabilityCase",
    "Alarm",
    "AlarmCase",
    "AlarmRecord",
    "Answered",
    "AppraisalAct",
    "AppraisalObjection",
    "Bulletin",
    "BulletinRecord",
    "Counted",
    "DailyLook",
    "DoorTest",
    "DutyEvent",
    "DutyFact",
    "ExclusionRequest",
    "Interview",
    "JointStudy",
    "OpenMonth",
    "OpennessDecision",
    "Proceeding",
    "ProceedingCase",
    "ProceedingEvent",
    "PublicationEvent",
    "PublishedCase",
    "RectificationItem",
    "Signature",
    "Slip",
    "SpotCall",
    "SpotCheck",
    "Stroke",
    "Survey",
]
