"""A collection of what students submit: mutants (known-wrong), conventions and correct variants.

In: the name of an operation, and the folder of an assignment that may have its own mutants.
Out: functions with the signature of the reference, and the words that explain them.
May import: reference, course.
"""
