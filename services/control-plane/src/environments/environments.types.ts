import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Environment')
export class EnvironmentType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;
}
