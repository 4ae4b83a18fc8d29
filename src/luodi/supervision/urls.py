"""Addresses of this module."""

from django.urls import path

from .views import bulletins, contests, exempting, exemptions, home, letters, ratings

urlpatterns = [
    path("supervision/", home.supervision, name="supervision"),
    path("supervision/exemptions/", exemptions.exemptions, name="exemptions"),
    path("supervision/exemptions/new/", exempting.new_exemption, name="new_exemption"),
    path("supervision/exemptions/<str:key>/", exemptions.exemption, name="exemption"),
    path(
        "supervision/exemptions/<str:key>/file/<str:other>/",
        exemptions.exemption_file,
        name="exemption_file",
    ),
    path("supervision/exemptions/<str:key>/amend/", exempting.amend, name="exemption_amend"),
    path("supervision/exemptions/<str:key>/find/", exempting.find, name="exemption_find"),
    path("supervision/exemptions/<str:key>/grant/", exempting.grant, name="exemption_grant"),
    path("supervision/exemptions/<str:key>/move/", exempting.move, name="exemption_move"),
    path("supervision/exemptions/<str:key>/reader/", exempting.reader, name="exemption_reader"),
    path("supervision/exemptions/<str:key>/unread/", exempting.unread, name="exemption_unread"),
    path("supervision/letters/", letters.letters, name="letters"),
    path("supervision/letters/counts/", letters.letters_counts, name="letters_counts"),
    path("supervision/letters/new/", letters.new_letter, name="new_letter"),
    path("supervision/ladders/<slug:key>/", letters.ladder, name="ladder"),
    path("supervision/letters/<slug:key>/", letters.letter, name="letter"),
    path("supervision/letters/<slug:key>/words/", letters.letter_words, name="letter_words"),
    path("supervision/letters/<slug:key>/talk/", letters.letter_talk, name="letter_talk"),
    path("supervision/letters/<slug:key>/record/", letters.letter_record, name="letter_record"),
    path("supervision/letters/<slug:key>/measures/", letters.letter_measure, name="letter_measure"),
    path(
        "supervision/letters/<slug:key>/measures/<slug:measure>/<slug:move>/",
        letters.letter_measure_move,
        name="letter_measure_move",
    ),
    path("supervision/letters/<slug:key>/<slug:move>/", letters.letter_move, name="letter_move"),
    path("supervision/bulletins/", bulletins.bulletins, name="bulletins"),
    path("supervision/bulletins/<slug:key>/", bulletins.bulletin, name="bulletin"),
    path("supervision/bulletins/<slug:key>/preview/", bulletins.preview, name="bulletin_preview"),
    path("supervision/bulletins/<slug:key>/begin/", bulletins.begin, name="bulletin_begin"),
    path("supervision/bulletins/<slug:key>/draft/", bulletins.draft, name="bulletin_draft"),
    path("supervision/bulletins/<slug:key>/word/", bulletins.word, name="bulletin_word"),
    path("supervision/bulletins/<slug:key>/freeze/", bulletins.freeze, name="bulletin_freeze"),
    path(
        "supervision/bulletins/<slug:key>/sign-for/", bulletins.sign_for, name="bulletin_sign_for"
    ),
    path("supervision/bulletins/<slug:key>/comment/", contests.comment, name="bulletin_comment"),
    path("supervision/bulletins/<slug:key>/contest/", contests.contest, name="bulletin_contest"),
    path("supervision/contests/<slug:key>/withdraw/", contests.withdraw, name="contest_withdraw"),
    path("supervision/contests/<slug:key>/answer/", contests.answer, name="contest_answer"),
    path("supervision/ratings/", ratings.ratings, name="ratings"),
    path("supervision/ratings/publish/", ratings.publish, name="ratings_publish"),
    path("supervision/ratings/<slug:key>/", ratings.rate, name="rate_item"),
]
