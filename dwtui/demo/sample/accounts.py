"""The AWS accounts of the sample world."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SampleAccount:
    """An AWS account: 12 digits and an alias."""

    id: str
    alias: str


APPLICATION = SampleAccount("070412866301", "dwtui-application")
RESEARCH = SampleAccount("418273650912", "lantern-research")
SEQUENCING = SampleAccount("605518429377", "meridian-sequencing")
CLINICAL = SampleAccount("083940271156", "northgate-clinical")
ARCHIVE = SampleAccount("731906254480", "lantern-archive")
NEIGHBOUR = SampleAccount("296640817523", "saltmarsh-registry")

ACCOUNTS = (APPLICATION, RESEARCH, SEQUENCING, CLINICAL, ARCHIVE, NEIGHBOUR)

APPLICATION_BUCKET = "dwtui-application-us-east-1-prd"
APPLICATION_USER = "dwtui-application"
