"""What follows what: the whole product on one screen."""

from headway.events.event import Event
from headway.events.followers import Follower, Function
from headway.events.vocabulary import customers, invitations, mail, messages, scheduled, service, sidemails, tickets
from headway.intake import tasks as intake
from headway.notifications import tasks as notifications
from headway.sla import tasks as sla
from headway.tickets import tasks as store
from headway.web.accounts import tasks as accounts

FOLLOWERS: list[tuple[type[Event], Function | Follower]] = [
    # our answers leave
    (messages.ReplyWritten, intake.queue_reply),
    (sidemails.SideWritten, intake.queue_side),
    # a ticket begun by mail is acknowledged
    (messages.MessageReceived, Follower(intake.acknowledge, together=intake.acknowledge_many)),
    # what people mark as spam and take back teaches the rules about senders
    (tickets.TicketSuspected, intake.learn_sender),
    (tickets.TicketCleared, intake.unlearn_sender),
    # whatever starts, stops or moves the clock of a ticket; it begins with its first message
    (messages.MessageReceived, Follower(sla.keep_time, together=sla.keep_times)),
    (messages.MessageAdmitted, sla.keep_time),
    (messages.ReplyWritten, sla.keep_time),
    (mail.ReplyTakenBack, sla.keep_time),
    (tickets.StatusChanged, sla.keep_time),
    (tickets.MoveTakenBack, sla.keep_time),
    (tickets.PriorityChanged, sla.keep_time),
    (tickets.TicketMerged, sla.keep_time),
    (tickets.TicketAbsorbed, sla.keep_time),
    (tickets.TicketSplit, sla.keep_time),
    (tickets.TicketSuspected, sla.keep_time),
    (tickets.TicketCleared, sla.keep_time),
    (service.TargetsChanged, sla.recount_all),
    # tickets go where their customer goes
    (customers.CustomersMerged, store.follow_merged_customer),
    (customers.CustomersParted, store.follow_parted_customer),
    # who takes part follows; whom it concerns hears of it
    (messages.NoteWritten, notifications.follow_along),
    (messages.ReplyWritten, notifications.follow_along),
    (tickets.TicketAssigned, notifications.follow_along),
    (tickets.TicketMerged, notifications.follow_merged),
    (messages.MessageReceived, Follower(notifications.tell, together=notifications.tell_many)),
    (messages.MessageAdmitted, notifications.tell),
    (messages.ReplyWritten, notifications.tell),
    (messages.NoteWritten, notifications.tell),
    (tickets.TicketAssigned, notifications.tell),
    (sidemails.SideAnswered, notifications.tell),
    (scheduled.ReplyHeldBack, notifications.tell),
    # people are asked in
    (invitations.AgentInvited, accounts.mail_invitation),
]
