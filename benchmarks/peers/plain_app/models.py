from django.db import models


class Notice(models.Model):
    """One notice."""

    title = models.CharField(max_length=100)
    unit = models.CharField(max_length=50)
    gist = models.TextField()
    published_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return self.title


class Person(models.Model):
    """A resident as a project without our registry would keep one: nothing sealed."""

    name = models.CharField(max_length=50, db_index=True)
    id_kind = models.CharField(max_length=40, blank=True)
    id_number = models.CharField(max_length=30, blank=True, db_index=True)
    no_id_reason = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    birth_on = models.DateField(null=True, blank=True)
    ethnicity = models.CharField(max_length=20, blank=True)
    marital = models.CharField(max_length=20, blank=True)
    education = models.CharField(max_length=20, blank=True)
    political = models.CharField(max_length=20, blank=True)
    occupation = models.CharField(max_length=40, blank=True)
    health = models.CharField(max_length=20, blank=True)
    registration = models.CharField(max_length=20, blank=True)
    living = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=30, db_index=True)
    relation = models.CharField(max_length=20)
    community = models.CharField(max_length=50)
    grid = models.CharField(max_length=50)
    lane = models.CharField(max_length=50, blank=True)
    door = models.CharField(max_length=20, blank=True)
    block = models.CharField(max_length=20, blank=True)
    staircase = models.CharField(max_length=10, blank=True)
    room = models.CharField(max_length=20, blank=True)
    emergency_name = models.CharField(max_length=50, blank=True)
    emergency_relation = models.CharField(max_length=20, blank=True)
    emergency_phone = models.CharField(max_length=20, blank=True)

    def __str__(self):
        return self.name
