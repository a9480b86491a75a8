"""is_opt_out: does this reply say that its writer wants no more of it?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

CARRIERS_WORDS = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"]

OPT_OUTS = """
stop
Stop.
STOP!!!
Stop?
Do not call
DNC
don't call.
Do not text!
Stop2End
you have the wrong number stop
put me on your do not call list
add me to your DNC list
no llame
Arrêtez !
Stopp
terminate
 s t o p
S.T.O.P.
STOOOOP
Stop stop stop
please stop
Please, stop.
STOP please!
stop, thanks
Stop now
Stop all
Opt-out
opt out
Opt me out please
unsubscribe me
Please unsubscribe
cancel please
END.
quit!
I revoke my consent
I am withdrawing my consent to be contacted.
I do not consent to these calls
please stop calling me
Stop texting me!
stop fucking calling
Quit calling me
Can you stop calling me?
I want you to stop emailing me
You need to stop contacting me
stop sending me these texts
Stop all the messages
STOP THE CALLS
stop with the texts already
cease and desist
Cease all communication
No more calls
no more texts, thank you
Don't call me
Don’t call me anymore
DO NOT CALL ME AGAIN
Do not text me.
Never contact me again
Please do not contact me
dont email me again
Put me on your do not call list
Take me off your list
take us off your mailing list please
Please take my number off your list.
Remove me
remove my number from your database
Please remove my name from your records
Delete my number
Lose my number!
Leave me alone
I no longer wish to receive these messages
I don't want to receive any more texts
I don't want any more calls from you
I do not want to be contacted
I don't want you to call me
I don't want to hear from you
We no longer want your emails
how do I opt out?
How do I unsubscribe
I want to opt out of these texts
I'd like to opt out
No. Stop. I sold that house last year.
Stop! Who is this?
Hi, who is this? Stop texting this number.
I already told you no, stop calling
Wrong person. Remove this number please.
Fuck off
go away
ＳＴＯＰ
Alto
No me llame más
Por favor, no me llamen
Deje de llamarme
Arrêt
Stop 🛑
Please quit texting this number
I asked you to stop contacting me
stop it now please
Unsubscribe me from this list please
get me off this damn list
Don't ever call this phone again
Plz stop
STOP TEXTING ME!!!!
I'm asking you to stop calling
pls take me off ur list
Do not send me any more messages
don't send me anything else
Quit sending me messages
I'd like to be removed from your list
Please remove this phone number
Remove please
kindly remove my contact details
Stop contacting us
Opt me out of this
STOP CALLING MY MOM
I have asked you to stop several times. Remove my number
I wish to unsubscribe
not interested, please remove me from your list
Not interested stop
No thank you, take me off the list
Please cease contact
don't bother me again
Do not reply to me
Never text me again
I said no. Stop.
I am revoking consent
You don't have my permission to text me
stop harrassing me
block me from your list
No more please
I don't want these messages
I do not wish to get calls
Please don't contact me any more
stop with all the calls
leave my family alone
Please discontinue calls
Discontinue texting me
opt-out please
END TEXTS
Stop msgs
Cancel messages
Quit texts
UNSUBSCRIBE ME NOW
Stop, wrong person
""".strip("\n").split("\n")

NOT_OPT_OUTS = """
yes
No
No thanks
START
UNSTOP
Yes, stop by tomorrow
I can't stop by
I can't stop by today, can you call me at 5?
Don't stop calling me, I do want to sell
please do not stop
You can't stop progress
We never stop working
Why did you stop calling?
I had to stop at the bank
I will stop by the office on Monday
Is there a bus stop near the house?
Nonstop flights only
one stop shop
The end of the month works
At the end of the day it is about price
We close at the end of June
Can we meet at the weekend?
I need to cancel my 3pm, can we do 4?
Please cancel Tuesday's appointment and move it to Friday
My tenant wants to cancel his lease
I quit my job last week, so I need to sell
I might quit smoking
I quit calling agents years ago
The unit's heater quit working
Revoke the power of attorney? How long does it take?
I revoke my offer
Don't call me before 9
Please don't call me after 8 pm
dont call me today, tomorrow is better
Don't call me at work, use this number
Why don't you call me tomorrow
You never call me back!
Realtors never call me
Call me
Text me
Email me the offer
Please contact me at noon
Do not contact my tenants
Don't remove me from your list
Please do not take me off the list
Take me off hold
Can you remove my name from the deed?
I don't want you to remove me
Did you lose my number?
I didn't unsubscribe, I am still interested
I do not want to unsubscribe
Did I opt out by mistake?
I don't want to opt out
Can I opt out of the inspection?
I don't want any more surprises
I don't want to sell for less than 400k
I am not interested in less than 400k
Not interested
Wrong number
Who is this?
How did you get my number?
My number is the same
Is this a scam?
Remove the shed before closing?
The sign says stop
stopped by your office
stopping payments next month
cancellation fee?
ended up selling
Opting for the cash offer
The list price is too low
off the market
Leave a message
I am alone at home until 6
Yes! Reply STOP to opt out
more calls please
no more than 300k
Thanks, that is enough
ok
👍
I'm at a stop light, call you back
we stopped getting calls from buyers
My brother stops by at noon
cancel culture is weird
Could you remove the clause about closing costs?
I'm done for the day, call tomorrow
please do call me
never mind, I found it
Never been better
dont worry about it
No problem
no more questions from me
I don't call it a deal until it closes
the quit claim deed is signed
quitclaim is ready
how can I end my contract with the current agent?
What is the end date?
The bank won't stop the foreclosure
can we stop the foreclosure?
How do we stop the auction?
I want to stop foreclosure on my house
stop loss
Don't want to waste your time
I do not want less than 300k
I don't want to list it
I don't want to sell right now, maybe next year
We don't want repairs
my phone is off
take 10k off the price
please take care of it
I'll take it off the market
leave the keys with the neighbor
can you leave me a voicemail
opt for email
I'm out of town until Monday
out
full stop ahead
He told me to contact you
contact my wife instead at 555-0101
my number changed, text me here
forget it
I forgot my number
The HOA revoked my permit
Don't call the office, call my cell
Do not mail it, email it
no calls came in
any more texts from buyers?
I stopped calling them
They should stop raising taxes
stop the sale
Can we stop payment on the check?
I don't receive mail there
We do not hear from our agent
I do not want to receive less than 300k
""".strip("\n").split("\n")


def test_there_are_sixty_of_each():
    assert len(set(OPT_OUTS)) >= 60
    assert len(set(NOT_OPT_OUTS)) >= 60


@pytest.mark.parametrize("reply", OPT_OUTS)
def test_it_is_an_opt_out(db, reply):
    assert db.value("select is_opt_out(%s)", reply) is True


@pytest.mark.parametrize("reply", NOT_OPT_OUTS)
def test_it_is_no_opt_out(db, reply):
    assert db.value("select is_opt_out(%s)", reply) is False


@given(
    word=st.sampled_from(CARRIERS_WORDS),
    upper=st.lists(st.booleans(), min_size=11, max_size=11),
    before=st.text("  \t\n.!\"'(*-", max_size=4),
    after=st.text("  \t\n.!\"')*-?", max_size=4),
)
def test_the_carriers_words_count_alone_in_any_case_with_any_punctuation(db, word, upper, before, after):
    spelt = "".join(c if up else c.lower() for c, up in zip(word, upper, strict=False))
    assert db.value("select is_opt_out(%s)", f"{before}{spelt}{after}") is True


@pytest.mark.parametrize("word", CARRIERS_WORDS)
def test_a_signature_or_a_quoted_message_below_changes_nothing(db, word):
    for below in (
        "\n\nSent from my iPhone",
        "\r\n\r\n-- \r\nAda Lead\r\n555-0100",
        "\n\nOn Mon, Mar 9, 2026 at 9:00 AM Bob <bob@example.com>\nwrote:\n> Do you want to sell?",
        "\n\n-----Original Message-----\nFrom: Bob\nDo you want to sell?",
    ):
        assert db.value("select is_opt_out(%s)", word + below) is True, below


def test_an_answer_below_the_quoted_message_is_read(db):
    reply = "On Mon, Mar 9, 2026 Bob <bob@example.com> wrote:\n> Do you want to sell?\n\nStop writing to me"

    assert db.value("select is_opt_out(%s)", reply) is True


def test_our_own_footer_in_the_quoted_message_does_not_count(db):
    for quoted in (
        "\n\nOn Mon, Mar 9, 2026 Bob <bob@example.com> wrote:\nHi!\nReply STOP to unsubscribe",
        "\n> Hi!\n> Stop calling? Reply STOP to opt out.\n> STOP",
        "\n\n________\nFrom: Bob\n\nSTOP",
    ):
        assert db.value("select is_opt_out(%s)", "Yes, call me." + quoted) is False, quoted


def test_nothing_said_is_no_opt_out(db):
    assert db.value("select is_opt_out('')") is False
    assert db.value("select is_opt_out(null)") is False
    assert db.value("select is_opt_out(' ... !')") is False


@given(reply=st.text(max_size=200).filter(lambda text: "\x00" not in text))
def test_any_text_gets_an_answer(db, reply):
    try:
        reply.encode()
    except UnicodeEncodeError:
        return
    assert db.value("select is_opt_out(%s)", reply) in (True, False)


@pytest.mark.parametrize(
    "piece", ["\n", " ", "x\n", "x\non ", "a ", "a", "aab", "-", "x\n-", ">", "?", ". ", "stop calling "]
)
def test_a_long_text_made_to_be_slow_is_read_within_five_seconds(db, piece):
    db.execute("set local statement_timeout = '5s'")

    assert db.value("select is_opt_out(%s)", piece * (10_000 // len(piece))) is (piece == "stop calling ")


def test_a_new_phrase_is_a_row(db):
    assert db.value("select is_opt_out('Bitte nicht mehr anrufen!')") is False

    db.execute("insert into opt_out_phrases (counts, phrase) values ('anywhere', 'nicht mehr anrufen')")

    assert db.value("select is_opt_out('Bitte nicht mehr anrufen!')") is True
