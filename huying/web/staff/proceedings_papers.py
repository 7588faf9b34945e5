"""The papers of proceedings."""

urlpatterns: list = []
